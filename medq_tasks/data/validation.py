"""A file of items checked to its last row and image, and counted against the published composition."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from medq_tasks.data.columns import IMAGE_FIELDS, Columns, match_columns
from medq_tasks.data.parse import parse
from medq_tasks.data.problem import Problem
from medq_tasks.data.published import Published, published, published_values
from medq_tasks.data.table import open_table
from medq_tasks.errors import DataError
from medq_tasks.item import Item

AXES = (
    "question_type", "modality", "degradation_level", "concern", "source", "difficulty", "degradation", "severity",
    "capability",
)  # fmt: skip
_TASK_IN_NAME = (
    ("comparison", re.compile(r"paired|comparison", re.IGNORECASE)),
    ("reasoning", re.compile(r"description|reasoning", re.IGNORECASE)),
    ("degradation", re.compile(r"robust|medq.?deg|degradation", re.IGNORECASE)),
    ("perception", re.compile(r"_qa|perception|mcq", re.IGNORECASE)),
)


@dataclass(frozen=True, slots=True)
class Count:
    """Rows with one value of an axis, "not given" where a row has none, beside the published figure.

    The axis "total" counts all rows.
    """

    axis: str
    value: str
    rows: int
    published: Published | None


@dataclass(frozen=True, slots=True)
class Validation:
    """What `validate` found. `columns` maps fields to the file's columns, `unused` are columns that no field takes.

    `kinds` counts images by format and depth, empty unless the check was deep. `notes` are things that are allowed
    but worth a look.
    """

    path: Path
    task: str
    rows: int
    problems: tuple[Problem, ...]
    columns: Mapping[str, str]
    unused: tuple[str, ...]
    counts: tuple[Count, ...]
    kinds: Mapping[str, int]
    notes: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether every row can be used, and there is one."""
        return not self.problems and self.rows > 0


def validate(
    path: Path, *, task: str | None = None, columns: Mapping[str, str] | None = None, deep: bool = True
) -> Validation:
    """Every bad row of a file and its counts by axis. `deep` also reads and decodes each image.

    Without `task` it is taken from the file's name or columns. Raises `DataError` where the file as a whole cannot be
    read or a needed column is missing.
    """
    task = task or guess_task(path, columns)
    parsed = parse(path, task=task, columns=columns)
    problems, kinds = list(parsed.problems), dict[str, int]()
    if deep:
        from medq_tasks.data.inspect_images import inspect_images

        column = _image_column(parsed.columns)
        inspected = inspect_images(zip(parsed.rows, parsed.items, strict=True), column=column)
        problems, kinds = problems + inspected.problems, inspected.kinds
    unread = "degradation_level" if task == "degradation" else "severity"  # two fields, one column
    return Validation(
        path=path,
        task=task,
        rows=len(parsed.items),
        problems=tuple(sorted(problems, key=lambda problem: problem.row)),
        columns={field: name for field, name in parsed.columns.mapped().items() if field != unread},
        unused=parsed.columns.unused,
        counts=tuple(_counts(parsed.items, task)),
        kinds=kinds,
        notes=tuple(_notes(parsed.items, parsed.columns, kinds)),
    )


def guess_task(path: Path, columns: Mapping[str, str] | None = None) -> str:
    """The task that a file's name, otherwise its columns, speaks of. Raises `DataError` where neither does."""
    for task, name in _TASK_IN_NAME:
        if name.search(path.stem):
            return task
    places = match_columns(open_table(path).columns, chosen=columns, where=str(path)).places
    if "answer" in places:
        return "perception"
    if "reference" in places:
        return "comparison" if "image_b" in places else "reasoning"
    raise DataError(f"{path}: neither name nor columns say which task this is for; give --task")


def _counts(items: list[Item], task: str) -> list[Count]:
    splits = {item.split for item in items}
    split = splits.pop() if len(splits) == 1 else None
    counts = [Count("total", "", len(items), published(task, split, "total", ""))]
    for axis in AXES:
        found = Counter(getattr(item, axis) for item in items)
        if not found or set(found) == {None}:
            continue
        order = [value for value in published_values(task, split, axis) if value not in found]
        for value, rows in [*found.most_common(), *((value, 0) for value in order)]:
            counts.append(Count(axis, value or "not given", rows, published(task, split, axis, value or "")))
    return counts


def _notes(items: list[Item], columns: Columns, kinds: Mapping[str, int]) -> list[str]:
    notes = []
    answers = {item.answer for item in items if item.answer}
    if answers and "A" not in answers and len(items) >= 20:
        notes.append("no gold answer is A: a file that counts answers from 1 looks like this; check its numbering")
    if columns.places.get("question_type") is None and any(item.question_type for item in items):
        notes.append("question types were derived from the texts; data.columns.question_type names a column instead")
    deep = sum(count for kind, count in kinds.items() if not re.search(r" ([1-8])-bit", kind))
    if deep:
        notes.append(f"{deep} image(s) of more than 8 bits: sending them needs data.window, or a DICOM's own window")
    return notes


def _image_column(columns: Columns) -> str:
    names = [columns.name(name) for name in (*IMAGE_FIELDS, "image_path") if name in columns.places]
    return ", ".join(names)
