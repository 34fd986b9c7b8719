"""The rows of the sample set's files: the official columns, then one column an axis."""

from __future__ import annotations

import base64
import csv
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from string import ascii_uppercase
from typing import TypeVar

from medq_tasks.sample.free_text import Description, Pair
from medq_tasks.sample.perception import Question
from medq_tasks.sample.variants import Variant

AXES = (
    "modality", "question_type", "degradation_level", "concern", "source", "degradation", "severity", "difficulty",
    "source_item", "rendered",
)  # fmt: skip
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "perception": ("index", "image", "question", "A", "B", "C", "D", "answer", *AXES),
    "reasoning": ("index", "image", "description", *AXES),
    "comparison": ("index", "image_a", "image_b", "description", *AXES),
}
Row = dict[str, str]
T = TypeVar("T")


def perception_rows(questions: Iterable[Question]) -> list[Row]:
    """A row a question, images taken in turn; the first row of an image holds it, the others name that row."""
    rows, owners = [], dict[int, str]()
    for index, question in _numbered(questions, lambda question: question.variant.original.id):
        variant = question.variant
        image = owners.setdefault(id(variant), index)
        row = _axes(variant) | {"index": index, "question": question.text, "answer": question.answer}
        row |= dict(zip(ascii_uppercase, question.options, strict=False))
        row |= {"question_type": question.question_type, "concern": question.concern}
        row["image"] = _base64(variant) if image == index else image
        rows.append(row)
    return rows


def reasoning_rows(descriptions: Iterable[Description]) -> list[Row]:
    """A row a no-reference item, with the image itself."""
    return [
        _axes(made.variant) | {"index": index, "image": _base64(made.variant), "description": made.reference}
        for index, made in _numbered(descriptions, lambda made: made.variant.original.id)
    ]


def comparison_rows(pairs: Iterable[Pair]) -> list[Row]:
    """A row a pair, both images in it; the degradation where both images have the same one or only one has any."""
    rows = []
    for index, pair in _numbered(pairs, lambda pair: pair.first.original.id):
        degradations = {variant.degradation for variant in (pair.first, pair.second)} - {None}
        row = _axes(pair.first) | {"degradation_level": "", "severity": "", "source": "simulated"}
        row["degradation"] = "".join(str(name) for name in degradations) if len(degradations) == 1 else ""
        row |= {"index": index, "image_a": _base64(pair.first), "image_b": _base64(pair.second)}
        rows.append(row | {"difficulty": pair.difficulty, "description": pair.reference})
    return rows


def write_table(path: Path, task: str, rows: Sequence[Row]) -> None:
    """Writes the rows as tab-separated UTF-8 with a header; cells are quoted only where they must be."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS[task], restval="", dialect="excel-tab", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _numbered(made: Iterable[T], original_of: Callable[[T], str]) -> list[tuple[str, T]]:
    """An index each, `<original>-<number>`, and the order of the rows: one of every original in turn."""
    counts: Counter[str] = Counter()
    numbered = []
    for one in made:
        original = original_of(one)
        counts[original] += 1
        numbered.append((counts[original], f"{original}-{counts[original]:02d}", one))
    return [(index, one) for _, index, one in sorted(numbered, key=lambda entry: entry[0])]


def _axes(variant: Variant) -> Row:
    return {
        "modality": variant.original.modality,
        "degradation_level": variant.level,
        "source": variant.source,
        "degradation": variant.degradation or "",
        "severity": variant.severity,
        "source_item": variant.original.id,
        "rendered": "yes" if variant.original.rendered else "no",
    }


def _base64(variant: Variant) -> str:
    return base64.b64encode(variant.png).decode("ascii")
