"""The composition of the official files as their authors published it; nothing here was counted by us."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Published:
    """A published count, or the share in percent where only that was printed, of one value of an axis.

    `split` is "" where the figure covers both splits together ("of both"); `axis` is "total" for all rows.
    """

    task: str
    split: str
    axis: str
    value: str
    count: int | None
    share_pct: float | None
    origin: str

    def __str__(self) -> str:
        figure = str(self.count) if self.count is not None else f"{self.share_pct} %"
        return figure if self.split else f"{figure} of both"


def published(task: str, split: str | None, axis: str, value: str) -> Published | None:
    """The published figure, for the split where there is one, otherwise for both splits; None where none was printed.

    >>> published("perception", "test", "question_type", "how").count
    489
    """
    figures = _figures()
    return figures.get((task, split or "", axis, value)) or figures.get((task, "", axis, value))


def published_values(task: str, split: str | None, axis: str) -> tuple[str, ...]:
    """The values of an axis for which a figure was published, in the order of the source."""
    found = (key[3] for key in _figures() if key[0] == task and key[1] in {"", split or ""} and key[2] == axis)
    return tuple(dict.fromkeys(found))


@cache
def _figures() -> dict[tuple[str, str, str, str], Published]:
    text = resources.files(__package__).joinpath("published.csv").read_text(encoding="utf-8")
    figures = {}
    for row in csv.DictReader(text.splitlines()):
        key = (row["task"], row["split"], row["axis"], row["value"])
        count = int(row["count"]) if row["count"] else None
        share = float(row["share_pct"]) if row["share_pct"] else None
        figures[key] = Published(*key, count, share, row["origin"])
    return figures
