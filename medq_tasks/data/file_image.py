"""Images that lie as files beside the table that names them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from medq_tasks.data.problem import shown
from medq_tasks.errors import ImageError


@dataclass(frozen=True, slots=True)
class FileImage:
    """An image file."""

    path: str

    @property
    def name(self) -> str:
        return self.path

    def read(self) -> bytes:
        """The file's bytes. Raises `ImageError` when it cannot be read."""
        try:
            return Path(self.path).read_bytes()
        except OSError as error:
            raise ImageError(f"{self.path}: the image cannot be read ({error.strerror}); restore the file") from error


def image_inside(folder: str, text: str) -> FileImage:
    """The image that a table in `folder` (a real path) names.

    Raises ValueError when the path leads out of the folder, also through a link, or when no file is there: a table
    from elsewhere must not make a run send other files of this machine to a model's provider.
    """
    if "\0" in text:
        raise ValueError(f"expected a path, got {shown(text)}")
    path = os.path.join(folder, text)  # noqa: PTH118 - 24,894 rows: pathlib costs five times as much
    real = os.path.realpath(path)
    if not real.startswith(folder.rstrip(os.sep) + os.sep):
        raise ValueError(f"expected a path inside {folder}, got {shown(text)}; copy the image into that folder")
    if not os.path.isfile(real):  # noqa: PTH113
        raise ValueError(f"expected an image file at {path}, found none; correct the path or add the file")
    return FileImage(path)
