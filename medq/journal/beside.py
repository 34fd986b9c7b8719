"""Answers of a journal that is only read, beside one that is written."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from medq.journal.store import BUSY_TIMEOUT_S, LOOKUP_CHUNK, Journal


class JournalBeside(Journal):
    """A journal of this process's own that also knows the answers of `known`, which it never writes.

    `shared` says that others write `known` meanwhile. One that nobody writes is read without any lock, which works on
    every file system. Nothing is known where there is no such file.
    """

    def __init__(self, path: Path, *, known: Path, shared: bool) -> None:
        super().__init__(path, alone=True)
        self._known: sqlite3.Connection | None = None
        if known.is_file():
            mode = "mode=ro" if shared else "mode=ro&immutable=1"
            uri = f"{known.resolve().as_uri()}?{mode}"
            self._known = sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT_S, check_same_thread=False)

    def answers(self, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
        """The records kept under those keys in either; keys without an answer are absent."""
        wanted = list(keys)
        return super().answers(wanted) | self._elsewhere(wanted)

    def close(self) -> None:
        """Closes both."""
        super().close()
        if self._known is not None:
            self._known.close()

    def _elsewhere(self, keys: list[str]) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        if self._known is None:
            return found
        for start in range(0, len(keys), LOOKUP_CHUNK):
            part = keys[start : start + LOOKUP_CHUNK]
            query = f"SELECT key, record FROM answers WHERE key IN ({','.join('?' * len(part))})"
            found.update((key, json.loads(record)) for key, record in self._known.execute(query, part))
        return found
