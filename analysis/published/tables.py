"""Which published tables there are, what their columns mean in terms of a run's metrics, and their rows."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib import resources

MEDQ_BENCH = "arXiv 2510.01691"
MEDQ_DEG = "arXiv 2603.07769"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in the CSV, its heading, and the metric (of one value of one axis) that a run puts there."""

    name: str
    heading: str
    task: str
    metric: str
    axis: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """A model's row as published: text as printed by the CSV, empty where the paper gives nothing."""

    model: str
    category: str
    group: str | None
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """A table of a paper. `groups` maps the names of its row groups to a value of `group_axis`, None for all rows."""

    key: str
    title: str
    arxiv: str
    file: str
    split: str | None
    columns: tuple[Column, ...]
    groups: tuple[tuple[str, str | None], ...] = ()
    group_axis: str | None = None

    @property
    def source(self) -> str:
        """What has to stand beside every published row."""
        return f"published, {self.arxiv}"

    @property
    def tasks(self) -> frozenset[str]:
        """The tasks that have a column here."""
        return frozenset(column.task for column in self.columns)


def _accuracy(name: str, heading: str, axis: str | None, value: str | None, task: str = "perception") -> Column:
    return Column(name, heading, task, "accuracy", axis, value)


def _judged(task: str, overall: str) -> tuple[Column, ...]:
    return (
        Column("completeness", "Completeness", task, "completeness"),
        Column("preciseness", "Preciseness", task, "preciseness"),
        Column("consistency", "Consistency", task, "consistency"),
        Column("quality_accuracy", "Quality accuracy", task, "quality_accuracy"),
        Column(overall, "Reasoning overall" if task == "reasoning" else "Overall", task, "overall"),
    )


_TYPES = (
    _accuracy("yes_or_no_pct", "Yes-or-No", "question_type", "yes_or_no"),
    _accuracy("what_pct", "What", "question_type", "what"),
    _accuracy("how_pct", "How", "question_type", "how"),
    _accuracy("perception_overall_pct", "Perception overall", None, None),
)
_MODALITIES = (
    _accuracy("ct_pct", "CT", "modality", "ct"),
    _accuracy("histopathology_pct", "Histopathology", "modality", "histopathology"),
    _accuracy("mri_pct", "MRI", "modality", "mri"),
    _accuracy("endoscopy_pct", "Endoscopy", "modality", "endoscopy"),
    _accuracy("fundus_pct", "Fundus", "modality", "fundus"),
)
_SEVERITIES = (
    _accuracy("accuracy_l0_pct", "L0", "severity", "L0", "degradation"),
    _accuracy("accuracy_l1_pct", "L1", "severity", "L1", "degradation"),
    _accuracy("accuracy_l2_pct", "L2", "severity", "L2", "degradation"),
)

TABLES = (
    PublishedTable(
        "1", "Perception and no-reference reasoning, test", MEDQ_BENCH, "table1_perception_noref_test.csv", "test",
        _TYPES + _judged("reasoning", "reasoning_overall"),
    ),
    PublishedTable(
        "6", "Perception and no-reference reasoning, dev", MEDQ_BENCH, "table6_perception_noref_dev.csv", "dev",
        _TYPES + _judged("reasoning", "reasoning_overall"),
    ),
    PublishedTable(
        "7", "Perception by modality, test", MEDQ_BENCH, "table7_perception_by_modality_test.csv", "test", _MODALITIES
    ),
    PublishedTable(
        "8", "Comparison, dev", MEDQ_BENCH, "table8_comparison_dev.csv", "dev", _judged("comparison", "overall")
    ),
    PublishedTable(
        "9", "Comparison, test", MEDQ_BENCH, "table9_comparison_test.csv", "test", _judged("comparison", "overall"),
        (("overall", None), ("fine-grained", "fine"), ("coarse-grained", "coarse")), "difficulty",
    ),
    PublishedTable("deg", "MedQ-Deg accuracy by severity", MEDQ_DEG, "medq_deg_accuracy.csv", None, _SEVERITIES),
)  # fmt: skip


def read_rows(table: PublishedTable) -> tuple[PublishedRow, ...]:
    """The rows of a published table, in the paper's order.

    >>> read_rows(TABLES[0])[-1].cells["perception_overall_pct"]
    '68.97'
    """
    text = resources.files("analysis.published").joinpath(table.file).read_text(encoding="utf-8")
    names = [column.name for column in table.columns]
    return tuple(
        PublishedRow(row["model"], row["category"], row.get("group"), {name: row[name] for name in names})
        for row in csv.DictReader(text.splitlines())
    )
