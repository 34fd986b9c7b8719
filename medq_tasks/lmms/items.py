"""Where lmms-eval's tasks take their items from: the sample set, or what MEDQ_DATA names."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from medq_tasks.data import load_items
from medq_tasks.data.datasets import FILES
from medq_tasks.degradation.ordering import by_source_item
from medq_tasks.environment import chosen_data
from medq_tasks.errors import DataError
from medq_tasks.item import Item
from medq_tasks.sample import sample_files


@cache
def items_of(task: str, split: str) -> tuple[Item, ...]:
    """The items of a task and split, loaded once a process; no image is read.

    `MEDQ_DATA` names a file of items, or a folder that holds the official files by name; without it, the sample set.
    Raises `DataError` for a file that is not there or cannot be read.
    """
    items = (item for path in _files(task, split) for item in load_items(path, task=task, split=split))
    return tuple(by_source_item(items) if task == "degradation" else items)


def _files(task: str, split: str) -> tuple[Path, ...]:
    chosen = chosen_data()
    if chosen is None:
        return sample_files(task, split)
    names = FILES[task][1] if chosen.is_dir() and task in FILES else ()
    paths = tuple(chosen / name.format(split=split) for name in names) or (chosen,)
    for path in paths:
        if not path.is_file():
            raise DataError(
                f"MEDQ_DATA={chosen}: expected a file of items or a folder of official files; there is no {path}"
            )
    return paths
