"""Builds the sample set once, into the cache or a folder, and says where its files lie."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from medq_tasks.data.exclusive import exclusive
from medq_tasks.environment import cache_dir
from medq_tasks.errors import DataError

SPLITS = ("dev", "test")
FILES = {
    "perception": "medqbench_QA_{split}.tsv",
    "reasoning": "medqbench_description_{split}.tsv",
    "comparison": "medqbench_paired_description_{split}.tsv",
}
DEGRADATION_FILES = ("MedQ-Robust-good-{split}.tsv", "MedQ-Robust-simulate-{split}.tsv")
SPEC = Path(__file__).with_name("medqbench.yaml")
DEGRADATION_SPEC = Path(__file__).with_name("medqdeg.yaml")
UNUSED_DAYS = 14


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


def sample_modalities() -> dict[str, str]:
    """The modality of every image of the sample set by the image's `id`; nothing is built."""
    from medq_tasks.construction import load_spec

    return {str(source.id): str(source.modality) for source in load_spec(SPEC).sources}


def sample_picture(image: str, attribute: str | None = None, severity: str = "L0") -> Path:
    """The PNG of an image of the sample set by its `id`, undegraded or with an attribute at L1 or L2."""
    name = image if attribute is None else f"{image}_{attribute}_{severity}"
    return sample_folder() / "images" / f"{name}.png"


def sample_folder() -> Path:
    """The folder of the sample set's present version in the cache; built first where it is not there.

    Two processes that ask at the same time build once: the second waits for the first. A build that is killed leaves
    nothing behind that would be taken for a finished one.
    """
    return _built("", build_sample)


def build_sample(folder: Path) -> None:
    """Builds `medqbench.yaml` into a folder; the same bytes every time."""
    from medq_tasks.construction import build

    build(SPEC, folder)


def build_degradation_sample(folder: Path) -> None:
    """Builds `medqdeg.yaml` into a folder; the same bytes every time."""
    from medq_tasks.construction import build

    build(DEGRADATION_SPEC, folder)


def _built(ending: str, build: Callable[[Path], None]) -> Path:
    from medq_tasks.sample.version import sample_version

    parent = cache_dir() / "sample"
    folder = parent / f"{sample_version()}{ending}"
    if not folder.is_dir():
        with exclusive(parent / f"{folder.name}.lock"):
            if not folder.is_dir():
                _build_aside(folder, build)
                _drop_unused(parent)
    os.utime(folder)  # the last time that it was asked for
    return folder


def _drop_unused(parent: Path) -> None:
    """Removes versions of the set, tens of megabytes each, that nothing has asked for in a while."""
    oldest = time.time() - UNUSED_DAYS * 24 * 3600
    for folder in parent.iterdir():
        if folder.is_dir() and folder.stat().st_mtime < oldest:
            shutil.rmtree(folder, ignore_errors=True)


def _build_aside(folder: Path, build: Callable[[Path], None]) -> None:
    aside = Path(tempfile.mkdtemp(prefix=f"{folder.name}.", dir=folder.parent))
    try:
        build(aside)
        aside.chmod(0o755)
        aside.rename(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
