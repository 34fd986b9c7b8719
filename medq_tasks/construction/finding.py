"""The image files that a source of the spec names."""

from __future__ import annotations

import glob
import importlib.util
from pathlib import Path

from medq_tasks.errors import DataError

PACKAGE = "package:"
FOLDERS = {  # importable name and folder of the files inside it, where the package's name does not say it
    "pydicom": ("pydicom", "data/test_files"),
    "pydicom-data": ("data_store", "data"),
    "scikit-image": ("skimage", "data"),
}


def find_files(path: str, base: Path) -> list[Path]:
    """The files, sorted: of a folder, a glob or a single path below `base`, or of an installed package.

    Raises `DataError` where nothing is found.
    """
    if path.startswith(PACKAGE):
        place = _package_path(path)
    else:
        place = Path(path).expanduser()
        place = place if place.is_absolute() else base / place
    if place.is_file():
        return [place]
    if place.is_dir():
        from medq_tasks.degrading.discovery import find_images

        return find_images(place)
    found = sorted(Path(name) for name in glob.glob(str(place), recursive=True))  # noqa: PTH207 - absolute patterns
    found = [file for file in found if file.is_file()]
    if not found:
        raise DataError(f"sources: expected image files at {path!r} (from {base}), found none; correct the path")
    return found


def _package_path(path: str) -> Path:
    package, _, file = path.removeprefix(PACKAGE).partition("/")
    module, folder = FOLDERS.get(package, (package, ""))
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None:
        raise DataError(f"sources: expected the package {package!r} of {path!r} to be installed; install it")
    return Path(spec.origin).parent / folder / file
