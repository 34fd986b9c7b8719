"""Where a data file comes from, for the manifest of a run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from medq_tasks.data.lock import LOCK, hash_file, read_lock


@dataclass(frozen=True, slots=True)
class Provenance:
    """A file's SHA-256, and the data set and commit it was fetched from; None for a file of the user's own."""

    path: str
    sha256: str
    repo: str | None = None
    revision: str | None = None


def provenance(path: Path) -> Provenance:
    """The file is hashed, and only a file that still has the recorded hash is said to be the official one."""
    found = hash_file(path)
    for folder in path.absolute().parents:
        if (folder / LOCK).is_file() and (lock := read_lock(folder)):
            name = path.absolute().relative_to(folder).as_posix()
            if lock.files.get(name) == found:
                return Provenance(str(path), found.sha256, lock.repo, lock.revision)
            break
    return Provenance(str(path), found.sha256)
