"""Builds the sample set once, into the cache or a folder, and says where its files lie."""

from __future__ import annotations

import fcntl
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from medq_tasks.environment import cache_dir
from medq_tasks.errors import DataError

SPLITS = ("dev", "test")
FILES = {
    "perception": "medqbench_QA_{split}.tsv",
    "reasoning": "medqbench_description_{split}.tsv",
    "comparison": "medqbench_paired_description_{split}.tsv",
}
DEGRADATION_FILES = ("MedQ-Robust-good-{split}.tsv", "MedQ-Robust-simulate-{split}.tsv")


def sample_files(task: str, split: str) -> tuple[Path, ...]:
    """The TSVs of any task and split: two for degradation (clean, degraded), which has a folder of its own, else one.

    The degradation files are built when they are first asked for, apart from the others. Raises `DataError` as
    `sample_file` does.
    """
    if task != "degradation" or split not in SPLITS:
        return (sample_file(task, split),)
    folder = _built("-degradation", build_degradation_sample)
    return tuple(folder / name.format(split=split) for name in DEGRADATION_FILES)


def sample_file(task: str, split: str) -> Path:
    """The TSV of a task (perception, reasoning, comparison) and split (dev, test), built on first use.

    Raises `DataError` for a task or split that the sample set does not have.
    """
    if task not in FILES or split not in SPLITS:
        known = f"expected a task of {', '.join(FILES)} and a split of {', '.join(SPLITS)}"
        raise DataError(f"sample set: {known}; got task {task!r}, split {split!r}")
    return sample_folder() / FILES[task].format(split=split)


def sample_folder() -> Path:
    """The folder of the sample set's present version in the cache; built first where it is not there.

    Two processes that ask at the same time build once: the second waits for the first. A build that is killed leaves
    nothing behind that would be taken for a finished one.
    """
    return _built("", build_sample)


def _built(ending: str, build: Callable[[Path], None]) -> Path:
    from medq_tasks.sample.version import sample_version

    parent = cache_dir() / "sample"
    folder = parent / f"{sample_version()}{ending}"
    if not folder.is_dir():
        parent.mkdir(parents=True, exist_ok=True)
        with _lock(parent / f"{folder.name}.lock"):
            if not folder.is_dir():
                _build_aside(folder, build)
    return folder


def build_sample(folder: Path) -> None:
    """Writes the six TSVs and the attribution into an existing folder; the same bytes every time."""
    from medq_tasks.sample.attribution import write_attribution
    from medq_tasks.sample.free_text import make_descriptions, make_pairs
    from medq_tasks.sample.perception import make_questions
    from medq_tasks.sample.table import comparison_rows, perception_rows, reasoning_rows, write_table
    from medq_tasks.sample.variants import make_variants

    variants = list(make_variants())
    for split in SPLITS:
        mine = [variant for variant in variants if variant.original.split == split]
        tables = {
            "perception": perception_rows(make_questions(mine)),
            "reasoning": reasoning_rows(make_descriptions(mine)),
            "comparison": comparison_rows(make_pairs(mine)),
        }
        for task, rows in tables.items():
            write_table(folder / FILES[task].format(split=split), task, rows)
    write_attribution(folder, variants)


def build_degradation_sample(folder: Path) -> None:
    """Writes the four MedQ-Deg-shaped TSVs and their attribution into an existing folder; the same bytes every time."""
    from medq_tasks.sample.attribution import write_attribution
    from medq_tasks.sample.degradation import make_shown
    from medq_tasks.sample.degradation_table import clean_rows, degraded_rows, write_degradation_table

    shown = list(make_shown())
    for split in SPLITS:
        mine = [one for one in shown if one.original.split == split]
        for name, rows in zip(DEGRADATION_FILES, (clean_rows(mine), degraded_rows(mine)), strict=True):
            write_degradation_table(folder / name.format(split=split), rows)
    write_attribution(folder, (variant for one in shown for variant in one.variants))


def _build_aside(folder: Path, build: Callable[[Path], None]) -> None:
    aside = Path(tempfile.mkdtemp(prefix=f"{folder.name}.", dir=folder.parent))
    try:
        build(aside)
        aside.chmod(0o755)
        aside.rename(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    with path.open("w", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
