"""One process at a time in a folder that several share."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def exclusive(file: Path, *, waits: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Holds the lock `file`, made where it is missing, until the block ends; a process that dies lets go of it.

    `waits` is called once where another holds it, before waiting. The file stays: who deleted it could lock another
    file of that name than those who wait. Raises OSError where it cannot be written.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waits()
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
