"""How metrics, axes and their values are called, ordered and scaled wherever results are shown to a person."""

from __future__ import annotations

from collections.abc import Iterable

AXES = {
    "question_type": "Question type",
    "modality": "Modality",
    "degradation_level": "Degradation level",
    "concern": "Concern",
    "source": "Image source",
    "difficulty": "Difficulty",
    "degradation": "Degradation",
    "degradation_category": "Degradation category",
    "severity": "Severity",
    "ability": "Ability",
    "capability_task": "Capability task",
    "capability": "Capability",
}
METRICS = {
    "accuracy": "Accuracy",
    "completeness": "Completeness",
    "preciseness": "Preciseness",
    "consistency": "Consistency",
    "quality_accuracy": "Quality accuracy",
    "overall": "Overall",
    "confidence": "Confidence",
    "calibration_shift": "Calibration shift",
    "expected_calibration_error": "Expected calibration error (ECE)",
    "brier": "Brier score",
}
JUDGE_AXES = ("completeness", "preciseness", "consistency", "quality_accuracy")
RANGES = {
    "accuracy": (0.0, 1.0),
    "completeness": (0.0, 2.0),
    "preciseness": (0.0, 2.0),
    "consistency": (0.0, 2.0),
    "quality_accuracy": (0.0, 2.0),
    "overall": (0.0, 8.0),
    "confidence": (0.0, 1.0),
    "calibration_shift": (-1.0, 1.0),
    "expected_calibration_error": (0.0, 1.0),
    "brier": (0.0, 1.0),
}
PERCENT = frozenset({"accuracy", "confidence", "calibration_shift"})

_VALUES = {
    "yes_or_no": "Yes-or-No",
    "what": "What",
    "how": "How",
    "modality_specific": "modality-specific",
    "ai_generated": "AI-generated",
    "ct": "CT",
    "mri": "MRI",
    "xray": "X-ray",
    "none": "no degradation",
    "resolution_blur": "resolution and blur",
}
_ORDER = (
    *("yes_or_no", "what", "how"),
    *("none", "mild", "severe"),
    *("general", "modality_specific"),
    *("authentic", "simulated", "ai_generated"),
    *("coarse", "fine"),
    *("ct", "histopathology", "mri", "endoscopy", "fundus"),
)


def axis_label(axis: str) -> str:
    """The axis as a heading.

    >>> axis_label("question_type")
    'Question type'
    """
    return AXES.get(axis, axis.replace("_", " ").capitalize())


def base_metric(metric: str) -> str:
    """The metric without the task that stands before it where a run has several tasks.

    >>> base_metric("reasoning.overall"), base_metric("accuracy")
    ('overall', 'accuracy')
    """
    return metric.rpartition(".")[2]


def metric_label(metric: str) -> str:
    """The metric as a heading, after its task where it names one.

    >>> metric_label("quality_accuracy"), metric_label("comparison.overall")
    ('Quality accuracy', 'Comparison: overall')
    """
    task, _, name = metric.rpartition(".")
    label = METRICS.get(name, name.replace("_", " ").capitalize())
    return f"{task.capitalize()}: {label[0].lower()}{label[1:]}" if task else label


def is_percent(metric: str) -> bool:
    """Whether the paper prints the metric in per cent."""
    return base_metric(metric) in PERCENT


def value_label(value: str) -> str:
    """One value of an axis as it is shown; a degradation's name follows its modality.

    >>> value_label("yes_or_no"), value_label("ct.low_dose"), value_label("mri")
    ('Yes-or-No', 'CT: low dose', 'MRI')
    """
    parts = value.split(".") if value.replace(".", "").replace("_", "").isalpha() else [value]
    return ": ".join(_VALUES.get(part, part.replace("_", " ")) for part in parts)


def in_order(values: Iterable[str]) -> list[str]:
    """The values in the paper's order; others after them, alphabetically.

    >>> in_order(["how", "what", "zebra", "yes_or_no"])
    ['yes_or_no', 'what', 'how', 'zebra']
    """
    return sorted(values, key=lambda value: (_ORDER.index(value) if value in _ORDER else len(_ORDER), value))


def metric_range(metric: str) -> tuple[float, float]:
    """Lowest and highest possible value; (0, 1) for a metric that is not known here."""
    return RANGES.get(base_metric(metric), (0.0, 1.0))


def show(metric: str, value: float | None) -> str:
    """A value as the paper prints it: per cent to two decimals, or a score to three; a dash where there is none.

    >>> show("accuracy", 0.63141), show("overall", 5.0178), show("accuracy", None)
    ('63.14 %', '5.018', '–')
    """
    if value is None:
        return "–"
    return f"{100 * value:.2f} %" if is_percent(metric) else f"{value:.3f}"
