"""The rows of the MedQ-Deg-shaped sample's files: one of clean questions, one of their degraded copies, a split."""

from __future__ import annotations

import base64
import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from string import ascii_uppercase

from medq_tasks.sample.degradation import Shown
from medq_tasks.sample.variants import Variant

COLUMNS = (
    "index", "image", "question", *ascii_uppercase[:5], "answer", "modality", "degradation_type",
    "degradation_severity", "source", "capability", "rendered",
)  # fmt: skip
Row = dict[str, str]


def clean_rows(shown: Iterable[Shown]) -> list[Row]:
    """A row a question about an undegraded image, question by question through all images."""
    return _in_turn([_rows(one, variant) for one in shown for variant in one.variants if variant.severity == "L0"])


def degraded_rows(shown: Iterable[Shown]) -> list[Row]:
    """A row a question and degraded copy, in the same order."""
    return _in_turn([_rows(one, variant) for one in shown for variant in one.variants if variant.severity != "L0"])


def write_degradation_table(path: Path, rows: Sequence[Row]) -> None:
    """Writes the rows as tab-separated UTF-8 with a header."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="", dialect="excel-tab", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _rows(shown: Shown, variant: Variant) -> list[Row]:
    """The rows of one image: the first holds it, the others name the first."""
    rows: list[Row] = []
    ending = "" if variant.degradation is None else f"_{variant.degradation}_{variant.level}"
    for number, question in enumerate(shown.questions, start=1):
        row = {
            "index": f"{shown.original.id}-{number:02d}{ending}",
            "image": rows[0]["index"] if rows else base64.b64encode(variant.png).decode("ascii"),
            "question": question.text,
            "answer": question.answer,
            "modality": shown.original.modality,
            "degradation_type": variant.degradation or "",
            "degradation_severity": "" if variant.degradation is None else variant.level,
            "source": "medq-sample",
            "capability": question.capability,
            "rendered": "yes" if shown.original.rendered else "no",
        }
        rows.append(row | dict(zip(ascii_uppercase, question.options, strict=False)))
    return rows


def _in_turn(groups: Sequence[list[Row]]) -> list[Row]:
    longest = max(map(len, groups), default=0)
    return [group[place] for place in range(longest) for group in groups if place < len(group)]
