"""The official files of a task, once they are fetched."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from medq_tasks.data.datasets import DATASETS, FILES
from medq_tasks.data.load import load_items
from medq_tasks.data.lock import read_lock
from medq_tasks.environment import cache_dir
from medq_tasks.errors import DataError
from medq_tasks.item import TASKS, Item


def official_file(task: str, split: str, cache: Path | None = None) -> Path:
    """The one official file of a task and split. Raises `DataError` with the command that gets it.

    MedQ-Deg comes in two files: see `official_files`.
    """
    files = official_files(task, split, cache)
    if len(files) > 1:
        raise DataError(f"{task}: expected one official file, got {len(files)}; use official_files or official_items")
    return files[0]


def official_files(task: str, split: str, cache: Path | None = None) -> tuple[Path, ...]:
    """All official files of a task and split: one, or for MedQ-Deg the clean and the degraded ones."""
    if task not in FILES:
        raise DataError(f"task: expected one of {', '.join(TASKS)}, got {task!r}")
    dataset, patterns = FILES[task]
    folder = (cache or cache_dir()) / dataset
    lock = read_lock(folder)
    held = {PurePosixPath(name).name: folder / name for name in (lock.files if lock else ())}
    found = []
    for name in (pattern.format(split=split) for pattern in patterns):
        if name not in held:
            at = f"{DATASETS[dataset].repo} at {lock.revision} holds no {name}" if lock else f"{name} is not there yet"
            raise DataError(f"{folder}: {at}; {_advice(dataset, cache, fetched=lock is not None)}")
        if not held[name].is_file():
            raise DataError(f"{held[name]}: fetched, but gone; {_advice(dataset, cache, fetched=False)}")
        found.append(held[name])
    return tuple(found)


def official_items(
    task: str, split: str, cache: Path | None = None, *, columns: Mapping[str, str] | None = None
) -> list[Item]:
    """The items of all official files of a task and split. Raises `DataError` where two files share an id."""
    items: list[Item] = []
    owners: dict[str, Path] = {}
    for path in official_files(task, split, cache):
        for item in load_items(path, task=task, split=split, columns=columns):
            if item.id in owners:
                raise DataError(f"{path}: the id {item.id!r} stands in {owners[item.id].name} too; remove one of them")
            owners[item.id] = path
            items.append(item)
    return items


def _advice(dataset: str, cache: Path | None, *, fetched: bool) -> str:
    command = f"python -m medq_tasks fetch --dataset {dataset}" + (f" --cache {cache}" if cache else "")
    if fetched:
        return f"get all files with: {command} --include '*', or name your file with data=local data.path=FILE"
    return f"get it with: {command}, or use data=sample"
