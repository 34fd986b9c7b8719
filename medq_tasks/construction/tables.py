"""The rows of the built files: the official columns, then one column an axis."""

from __future__ import annotations

import base64
import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import ascii_uppercase
from typing import TypeVar

from medq_tasks.construction.expansion.expander import Question
from medq_tasks.construction.references import Description, Pair
from medq_tasks.construction.robustness import RobustItem
from medq_tasks.construction.variants import Variant
from medq_tasks.degrading.job import write_whole

AXES = (
    "modality", "question_type", "degradation_level", "concern", "source", "degradation", "severity", "difficulty",
    "source_item", "attribute", "dataset", "rendered",
)  # fmt: skip
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "perception": ("index", "image", "question", "A", "B", "C", "D", "answer", *AXES),
    "reasoning": ("index", "image", "description", *AXES),
    "comparison": ("index", "image_a", "image_b", "description", *AXES),
    "degradation": (
        "index", "image", "question", "A", "B", "C", "D", "E", "answer", "modality", "degradation_type",
        "degradation_severity", "source", "capability", "source_item", "rendered",
    ),
}  # fmt: skip
IMAGE_COLUMNS = ("image", "image_a", "image_b")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row:
    """A row: text by column, and the file of the picture of each image column."""

    cells: Mapping[str, str]
    images: Mapping[str, str]


def perception_rows(questions: Iterable[Question]) -> list[Row]:
    """A row a question, originals taken in turn."""
    rows = []
    for index, question in _numbered(questions, lambda question: question.variant.original.id):
        cells = _axes(question.variant) | {"index": index, "question": question.text, "answer": question.answer}
        cells |= dict(zip(ascii_uppercase, question.options, strict=False))
        cells |= {"question_type": question.question_type, "concern": question.concern}
        cells["attribute"] = question.attribute or question.variant.attribute or ""
        rows.append(Row(cells, {"image": question.variant.file}))
    return rows


def reasoning_rows(descriptions: Iterable[Description]) -> list[Row]:
    """A row a no-reference item."""
    return [
        Row(_axes(made.variant) | {"index": index, "description": made.reference}, {"image": made.variant.file})
        for index, made in _numbered(descriptions, lambda made: made.variant.original.id)
    ]


def comparison_rows(pairs: Iterable[Pair]) -> list[Row]:
    """A row a pair; the degradation where both images have the same one or only one has any."""
    rows = []
    for index, pair in _numbered(pairs, lambda pair: pair.first.original.id):
        names = {(one.degradation, one.attribute) for one in (pair.first, pair.second)} - {(None, None)}
        degradation, attribute = next(iter(names)) if len(names) == 1 else (None, None)
        cells = _axes(pair.first) | {"degradation_level": "", "severity": "", "source": "simulated"}
        cells |= {"degradation": degradation or "", "attribute": attribute or ""}
        cells |= {"index": index, "difficulty": pair.difficulty, "description": pair.reference}
        rows.append(Row(cells, {"image_a": pair.first.file, "image_b": pair.second.file}))
    return rows


def robust_rows(items: Iterable[RobustItem]) -> list[Row]:
    """A row an item, in the columns that MedQ-Deg's loader reads."""
    rows = []
    for item in items:
        variant = item.variant
        cells = {
            "index": item.id, "question": item.question, "answer": item.answer, "modality": variant.original.modality,
            "degradation_type": variant.degradation or "", "degradation_severity": variant.severity,
            "source": variant.original.source.dataset, "capability": item.capability or "",
            "source_item": item.source_item, "rendered": _yes(variant.original.rendered),
        }  # fmt: skip
        rows.append(Row(cells | dict(zip(ascii_uppercase, item.options, strict=False)), {"image": variant.file}))
    return rows


def write_tsv(path: Path, task: str, rows: Sequence[Row], out: Path) -> None:
    """Tab-separated UTF-8 with a header; the first row of a picture holds it as base64, the others name that row."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS[task], restval="", dialect="excel-tab", lineterminator="\n")
    writer.writeheader()
    owners: dict[str, str] = {}
    for row in rows:
        images = dict(row.images)
        if tuple(images) == ("image",):
            owner = owners.setdefault(images["image"], row.cells["index"])
            shared = owner != row.cells["index"]
            images = {"image": owner if shared else _base64(out / images["image"])}
        else:
            images = {column: _base64(out / file) for column, file in images.items()}
        writer.writerow({**row.cells, **images})
    write_whole(path, text.getvalue().encode())


def _numbered(made: Iterable[T], original_of: Callable[[T], str]) -> list[tuple[str, T]]:
    """An index each, `<original>-<number>`, and the order of the rows: one of every original in turn."""
    counts: Counter[str] = Counter()
    numbered = []
    for one in made:
        original = original_of(one)
        counts[original] += 1
        numbered.append((counts[original], f"{original}-{counts[original]:02d}", one))
    return [(index, one) for _, index, one in sorted(numbered, key=lambda entry: entry[0])]


def _axes(variant: Variant) -> dict[str, str]:
    return {
        "modality": variant.original.modality,
        "degradation_level": variant.level,
        "source": variant.source,
        "degradation": variant.degradation or "",
        "severity": variant.severity,
        "source_item": variant.original.id,
        "attribute": variant.attribute or "",
        "dataset": variant.original.source.dataset,
        "rendered": _yes(variant.original.rendered),
    }


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _base64(file: Path) -> str:
    return base64.b64encode(file.read_bytes()).decode("ascii")
