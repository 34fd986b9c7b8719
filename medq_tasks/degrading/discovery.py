"""The image files of a folder."""

from __future__ import annotations

from pathlib import Path

from medq_tasks.errors import ImageError
from medq_tasks.item import MODALITIES

SUFFIXES = (".png", ".tif", ".tiff", ".jpg", ".jpeg", ".bmp", ".webp", ".dcm", ".dicom", ".nii", ".nii.gz")
DICOM_MARK = b"DICM"


def find_images(source: Path) -> list[Path]:
    """The image files under a folder, sorted, or the one file: by their endings, or the DICOM mark where there is none.

    Hidden files are left out. Raises `ImageError` for a folder that is not there or holds no image.
    """
    if source.is_file():
        return [source]
    if not source.is_dir():
        raise ImageError(f"{source}: expected a folder of images or an image file, found nothing there")
    found = sorted(path for path in source.rglob("*") if path.is_file() and _is_image(path.relative_to(source), path))
    if not found:
        raise ImageError(f"{source}: expected images ({', '.join(SUFFIXES)}, or DICOM without an ending), found none")
    return found


def modality_of_path(path: Path) -> str | None:
    """The nearest folder that is named as a modality (`.../mri/a.png`), None where there is none."""
    return next((part.lower() for part in reversed(path.parts[:-1]) if part.lower() in MODALITIES), None)


def _is_image(name: Path, path: Path) -> bool:
    if any(part.startswith(".") for part in name.parts):
        return False
    if name.name.lower().endswith(SUFFIXES):
        return True
    if name.suffix:
        return False
    try:
        with path.open("rb") as file:
            return file.read(132)[128:] == DICOM_MARK
    except OSError:
        return True  # so that it is named among the failures rather than left out
