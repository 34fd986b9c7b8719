"""`fetched.json`: which commit of a data set lies in the cache, and the SHA-256 of each of its files."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from medq_tasks.errors import DataError

LOCK = "fetched.json"


@dataclass(frozen=True, slots=True)
class LockedFile:
    """A file as it was when it was accepted."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Lock:
    """A data set at one commit. `asked` is the revision that was asked for, `include` the patterns of names."""

    repo: str
    revision: str
    asked: str
    include: tuple[str, ...]
    files: Mapping[str, LockedFile]


def read_lock(folder: Path) -> Lock | None:
    """The lock of a folder; None where nothing has been fetched. Raises `DataError` for a damaged one."""
    path = folder / LOCK
    if not path.is_file():
        return None
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        files = {name: LockedFile(entry["sha256"], entry["size"]) for name, entry in record["files"].items()}
        return Lock(record["repo"], record["revision"], record["asked"], tuple(record["include"]), files)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(f"{path}: expected the record of a fetch, got {error!r}; delete it and fetch again") from error


def write_lock(folder: Path, lock: Lock) -> None:
    """Replace the lock of a folder in one step."""
    record = {
        "repo": lock.repo,
        "revision": lock.revision,
        "asked": lock.asked,
        "include": list(lock.include),
        "files": {name: {"sha256": file.sha256, "size": file.size} for name, file in sorted(lock.files.items())},
    }
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{LOCK}.{os.getpid()}"
    fresh.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    fresh.replace(folder / LOCK)


def hash_file(path: Path) -> LockedFile:
    """The SHA-256 and the size of a file, read in pieces."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return LockedFile(digest, file.tell())
