"""A file of items, read once: the items, and every row that cannot be used."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from medq_tasks.data.build import Builder, Draft
from medq_tasks.data.columns import IMAGE_FIELDS, Columns, match_columns
from medq_tasks.data.problem import CellError, Problem
from medq_tasks.data.shared import share_images
from medq_tasks.data.table import Table, open_table
from medq_tasks.errors import DataError
from medq_tasks.item import TASKS, Item

_SPLIT_IN_NAME = re.compile(r"(?:^|[_\-.])(dev|test|train)(?=[_\-.]|$)", re.IGNORECASE)
_CLEAN_FILE = re.compile(r"(?:^|[_\-.])good(?=[_\-.]|$)", re.IGNORECASE)
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "perception": ("id", "question", "answer"),
    "degradation": ("id", "question", "answer"),
    "reasoning": ("id", "reference"),
    "comparison": ("id", "reference"),
}


@dataclass(frozen=True, slots=True)
class Parsed:
    """What one pass over a file gave. `rows[i]` is the line on which `items[i]` starts."""

    items: list[Item]
    rows: list[int]
    problems: list[Problem]
    columns: Columns


def parse(path: Path, *, task: str, split: str | None = None, columns: Mapping[str, str] | None = None) -> Parsed:
    """The items of a file and its bad rows. Raises `DataError` where the file as a whole cannot be used."""
    if task not in TASKS:
        raise DataError(f"task: expected one of {', '.join(TASKS)}, got {task!r}")
    table = open_table(path)
    matched = match_columns(table.columns, chosen=columns, where=str(path))
    _check_columns(path, task, matched)
    builder = Builder(path, task, matched, _split(path, split, matched), _severity(path, task))
    drafts, problems = _drafts(table, builder)
    wanted = split if "split" in matched.places else None
    items, rows, unshared = share_images(drafts, matched, wanted_split=wanted)
    return Parsed(items, rows, sorted([*problems, *unshared], key=lambda problem: problem.row), matched)


def _drafts(table: Table, builder: Builder) -> tuple[list[Draft], list[Problem]]:
    drafts: list[Draft] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    images = frozenset(builder.columns.places[name] for name in IMAGE_FIELDS if name in builder.columns.places)
    for row in table.rows(images):
        if isinstance(row, Problem):
            problems.append(row)
            continue
        try:
            draft = builder.draft(row)
        except CellError as error:
            problems.append(Problem(row.number, builder.index(row), error.column, error.reason))
            continue
        first = seen.setdefault(draft.item.id, row.number)
        if first != row.number:
            reason = f"expected each index once, got that of row {first} again; rename or delete one"
            problems.append(Problem(row.number, draft.index, builder.columns.name("id"), reason))
        else:
            drafts.append(draft)
    return drafts, problems


def _check_columns(path: Path, task: str, columns: Columns) -> None:
    listed = ", ".join(columns.found)
    missing = [columns.name(name) for name in _NEEDED[task] if name not in columns.places]
    if task in {"perception", "degradation"} and not columns.options and "options" not in columns.places:
        missing.append("A")
    if "image_path" not in columns.places and not any(name in columns.places for name in IMAGE_FIELDS):
        missing.append("image")
    if missing:
        asked = ", ".join(repr(name) for name in missing)
        todo = "rename them, or name yours with data.columns.<item field>=COLUMN"
        raise DataError(f"{path}: expected the column(s) {asked} for {task}, found only: {listed}; {todo}")


def _split(path: Path, split: str | None, columns: Columns) -> str | None:
    named = _SPLIT_IN_NAME.search(path.stem)
    if named and split and "split" not in columns.places and named[1].lower() != split:
        raise DataError(f"{path}: expected items of the split {split!r}, the file's name says {named[1]!r}; choose one")
    return split or (named[1].lower() if named else None)


def _severity(path: Path, task: str) -> str | None:
    return "L0" if task == "degradation" and _CLEAN_FILE.search(path.stem) else None
