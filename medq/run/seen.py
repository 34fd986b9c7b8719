"""Images as they were sent, kept once each for reports, however many runs send them."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from medq_tasks.images import SentImage

LINK = "images"


class SeenImages:
    """A folder of images named by the SHA-256 of their bytes, shared by the runs beside it and linked into each."""

    def __init__(self, folder: Path, run_dir: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        link = run_dir / LINK
        with contextlib.suppress(FileExistsError):  # of this run's other processes, or of an earlier one
            link.symlink_to(os.path.relpath(folder.resolve(), run_dir.resolve()), target_is_directory=True)

    def keep(self, image: SentImage) -> None:
        """Writes the image unless it is there; a reader never sees half a file."""
        path = self._folder / f"{image.sent_sha256}.{image.sent_format}"
        if not path.exists():
            partial = path.with_suffix(f".{os.getpid()}.part")
            partial.write_bytes(image.data)
            partial.replace(path)
