"""Late reading from a file that must still be the one that was indexed."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from medq_tasks.errors import ImageError


@dataclass(frozen=True, slots=True)
class Stamp:
    """A file as it was when it was indexed: places in it hold only while its size and time are the same."""

    path: Path
    size: int
    mtime_ns: int

    @classmethod
    def of(cls, path: Path) -> Stamp:
        """The stamp of a file now."""
        stat = path.stat()
        return cls(path, stat.st_size, stat.st_mtime_ns)

    def read(self, offset: int, length: int, name: str) -> bytes:
        """A piece of the file. Raises `ImageError` when the file has changed or cannot be read any more."""
        try:
            with self.path.open("rb", buffering=0) as file:
                found = os.fstat(file.fileno())
                file.seek(offset)
                piece = file.read(length)
        except OSError as error:
            raise ImageError(f"{name}: the file cannot be read any more ({error.strerror}); restore it") from error
        if (found.st_size, found.st_mtime_ns) != (self.size, self.mtime_ns):
            raise ImageError(f"{name}: the file has changed since it was indexed; start the command again")
        return piece
