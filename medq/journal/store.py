"""A journal in one SQLite file: WAL mode, one row an entry, several processes at a time."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Self

from medq.errors import ConfigError

SCHEMA_VERSION = 1
BUSY_TIMEOUT_S = 60.0
LOOKUP_CHUNK = 500

_SCHEMA = """
CREATE TABLE IF NOT EXISTS answers (
    key TEXT PRIMARY KEY, item TEXT NOT NULL, created REAL NOT NULL, record TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS failures (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL, item TEXT NOT NULL, created REAL NOT NULL, record TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS failures_by_key ON failures (key);
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to keep: an answer (kept once a key) or a failure (every one kept, none ever replayed)."""

    key: str
    item: str
    record: Mapping[str, Any]
    failed: bool = False


class Journal:
    """Answers by content address, durable before they are acknowledged.

    Entries are written by one thread of its own, which commits all that wait in one transaction: an entry is on
    disk when the future of `put` is done, and hundreds a second cost one fsync a batch. A second process may use the
    same file at the same time; the first answer under a key stays. With `alone` no other process can: the file is
    locked until this one ends, and no shared memory is used, so that it may lie on a network file system. Raises
    `ConfigError` for a file that is no journal, was written by a newer version, or stays locked for a minute.
    """

    def __init__(self, path: Path, *, alone: bool = False) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = open_journal(path, alone=alone)
        self._lock = threading.Lock()
        self._queue: SimpleQueue[tuple[Entry, Future[None]] | None] = SimpleQueue()
        self._writer = threading.Thread(target=self._write, name="journal", daemon=True)
        self._writer.start()

    def put(self, entry: Entry) -> Future[None]:
        """Queues an entry; the future is done once it is committed, or holds the `sqlite3.Error`."""
        done: Future[None] = Future()
        done.set_running_or_notify_cancel()  # whoever waits may be cancelled; the entry is written all the same
        self._queue.put((entry, done))
        return done

    def answers(self, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
        """The records kept under those keys; keys without an answer are absent."""
        return self._lookup("SELECT key, record FROM answers WHERE key IN ({})", list(keys))

    def last_failures(self, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
        """The latest failure under each of those keys."""
        query = (
            "SELECT key, record FROM failures WHERE id IN (SELECT MAX(id) FROM failures WHERE key IN ({}) GROUP BY key)"
        )
        return self._lookup(query, list(keys))

    def count(self) -> int:
        """How many answers the journal holds."""
        with self._lock:
            return int(self._connection.execute("SELECT COUNT(*) FROM answers").fetchone()[0])

    def close(self) -> None:
        """Writes what waits, then closes; the file alone holds everything afterwards."""
        self._queue.put(None)
        self._writer.join()
        with self._lock:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _lookup(self, query: str, keys: list[str]) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for start in range(0, len(keys), LOOKUP_CHUNK):
            part = keys[start : start + LOOKUP_CHUNK]
            with self._lock:
                rows = self._connection.execute(query.format(",".join("?" * len(part))), part).fetchall()
            found.update((key, json.loads(record)) for key, record in rows)
        return found

    def _write(self) -> None:
        ended = False
        while not ended:
            batch = [self._queue.get()]
            while not self._queue.empty():
                batch.append(self._queue.get())
            ended = None in batch
            entries = [waiting for waiting in batch if waiting is not None]
            if entries:
                self._commit(entries)

    def _commit(self, batch: list[tuple[Entry, Future[None]]]) -> None:
        now = time.time()
        try:
            with self._lock, self._connection:
                self._connection.execute("BEGIN IMMEDIATE")
                for entry, _ in batch:
                    table = "failures (key, item, created, record)" if entry.failed else "answers"
                    record = json.dumps(entry.record, ensure_ascii=False, separators=(",", ":"))
                    self._connection.execute(
                        f"INSERT OR IGNORE INTO {table} VALUES (?, ?, ?, ?)", (entry.key, entry.item, now, record)
                    )
        except (sqlite3.Error, TypeError, ValueError) as error:
            for _, done in batch:
                done.set_exception(error)
        else:
            for _, done in batch:
                done.set_result(None)


def open_journal(path: Path, *, alone: bool = False, wait_s: float = BUSY_TIMEOUT_S) -> sqlite3.Connection:
    """A connection to the journal, made where there is none; in autocommit mode.

    Raises `ConfigError` as `Journal` does, for one that another process holds alone after `wait_s` seconds.
    """
    connection = sqlite3.connect(path, timeout=wait_s, check_same_thread=False, isolation_level=None)
    try:
        if alone:
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > SCHEMA_VERSION:
            raise ConfigError(
                f"journal {path} has schema {version}, this medq reads up to {SCHEMA_VERSION}: update medq, "
                "or give another journal.path"
            )
        connection.executescript(_SCHEMA)
        connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
    except sqlite3.DatabaseError as error:
        connection.close()
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY:
            raise ConfigError(
                f"journal {path} is still written by another process after {wait_s:.0f} s; wait for it, or end it, "
                "then give the same command again"
            ) from error
        raise ConfigError(f"journal {path} is not a journal of medq ({error}); give another journal.path") from error
    return connection
