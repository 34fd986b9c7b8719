"""The items of a file, all of them or one clear line that says why not."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from medq_tasks.data.parse import parse
from medq_tasks.errors import DataError
from medq_tasks.item import Item


def load_items(
    path: Path, *, task: str, split: str | None = None, columns: Mapping[str, str] | None = None
) -> list[Item]:
    """The items of a TSV, JSONL or Parquet file in the order of the file; no image is read.

    `columns` names the file's column for a field of `Item`. `split` holds where neither a column nor the file's name
    gives it, and picks rows where a column does. Raises `DataError` for the first bad row, with the number of
    further ones, and for a file without rows.
    """
    parsed = parse(path, task=task, split=split, columns=columns)
    if parsed.problems:
        more = len(parsed.problems) - 1
        others = f"{more} further bad row{'s' if more > 1 else ''}: " if more else "Details: "
        raise DataError(f"{path}, {parsed.problems[0]}. {others}python -m medq_tasks validate {path}")
    if not parsed.items:
        found = f"no row of the split {split!r}" if split and "split" in parsed.columns.places else "no rows"
        raise DataError(f"{path}: expected one row an item after the header, found {found}; check the file")
    return parsed.items
