"""What stands beside the means of MedQ-Deg in `results.json`: tests, curves, reliability, and the value a question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from medq_tasks.calibration import (
    Measured,
    paired_drops,
    reliability,
    response_curves,
    severity_curves,
    within_model,
)

DIGITS = 9  # of a value a question: a list of thirds should take no more room than it tells


@dataclass(frozen=True, slots=True)
class Forecast:
    """A confidence in [0, 1] at a severity, and what was right: 0 or 1, or the share of a question's votes."""

    severity: str | None
    confidence: float
    right: float


def tests_and_curves(items: Sequence[Measured]) -> Mapping[str, Any]:
    """The Dunning–Kruger test within the model, paired drops, and how groups of questions answer to severity."""
    within = within_model(items)
    return {
        "dunning_kruger_within": None if within is None else asdict(within),
        "paired_drops": [asdict(drop) for drop in paired_drops(items)],
        "response_curves": [asdict(curve) for curve in response_curves(items)],
        "severity_curves": [asdict(curve) for curve in severity_curves(items)],
    }


def reliability_levels(forecasts: Iterable[Forecast], *, of_questions: bool) -> Mapping[str, Any]:
    """The bins and ECE over all severities (`severity` null) and at each; no level without a forecast."""
    every = list(forecasts)
    severities = [None, *sorted({one.severity for one in every if one.severity is not None})] if every else []
    levels = []
    for severity in severities:
        mine = [one for one in every if severity in {None, one.severity}]
        found = reliability([one.confidence for one in mine], [one.right for one in mine])
        levels.append({"severity": severity, **asdict(found)})
    return {"unit": "questions" if of_questions else "answers", "levels": levels}


def question_values(items: Sequence[Measured]) -> Mapping[str, Sequence[float | None]]:
    """Accuracy and confidence a question, in the order in which the rows first name each; for paired comparisons."""
    return {
        "accuracy": [_rounded(item.accuracy) for item in items],
        "confidence": [_rounded(item.confidence) for item in items],
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)
