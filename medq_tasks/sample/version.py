"""The content version of the sample set: another one wherever its questions or its pixels could be others."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

PARTS = tuple(f"medq_tasks.{part}" for part in ("sample", "construction", "degradations", "degrading", "images"))
PACKAGES = ("numpy", "scipy", "scikit-image", "pillow", "pydicom", "pydicom-data", "nibabel", "finufft", "PyWavelets")
CONTENT = (".py", ".yaml", ".png", ".csv")


@cache
def sample_version() -> str:
    """Twelve hexadecimal digits over the code, templates and assets that make the set and the packages' versions."""
    digest = hashlib.sha256()
    for part in PARTS:
        for name, file in sorted(_files(files(part), part)):
            digest.update(name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    for package in PACKAGES:
        digest.update(f"{package}=={version(package)}\n".encode())
    return digest.hexdigest()[:12]


def _files(folder: Traversable, name: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        path = f"{name}/{entry.name}"
        if entry.is_dir():
            yield from _files(entry, path)
        elif entry.name.endswith(CONTENT):
            yield path, entry
