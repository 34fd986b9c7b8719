"""Several journals into one: each answer once, the first one under a key stays; each failure once."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path

from medq.journal.store import BUSY_TIMEOUT_S, open_journal

_ANSWERS = """
INSERT OR IGNORE INTO main.answers
SELECT key, item, created, record FROM source.answers WHERE key NOT IN (SELECT key FROM temp.passed_over)
"""
# Where a kill came between a merge and the removal of its source, it is merged again.
_FAILURES = """
INSERT INTO main.failures (key, item, created, record)
SELECT key, item, created, record FROM source.failures AS new
WHERE NOT EXISTS (
    SELECT 1 FROM main.failures AS old WHERE old.key = new.key AND old.created = new.created AND old.record = new.record
)
ORDER BY id
"""


def merge_journals(
    target: Path, sources: Sequence[Path], *, rank: Callable[[str], int] | None = None, wait_s: float = BUSY_TIMEOUT_S
) -> None:
    """Takes the entries of all sources into the target, a transaction a source; the sources stay as they are.

    Where two sources answer the same key, that of the item with the lower `rank` is taken (without `rank`: that of the
    earlier source): the same one as if a single process had asked. Time is linear in the entries. Raises `ConfigError`
    for a source that another process still writes after `wait_s` seconds, and for one that is no journal.
    """
    passed_over = _passed_over(sources, rank, wait_s) if rank is not None and len(sources) > 1 else {}
    with closing(open_journal(target)) as connection:
        connection.execute("CREATE TEMP TABLE passed_over (key TEXT PRIMARY KEY) WITHOUT ROWID")
        for source in sources:
            _merge(connection, source, passed_over.get(source, ()), wait_s)


def _merge(connection: sqlite3.Connection, source: Path, passed_over: Iterable[str], wait_s: float) -> None:
    # Waits until nobody writes it, and makes its tables, where its process died before it could.
    open_journal(source, wait_s=wait_s).close()
    connection.execute("ATTACH DATABASE ? AS source", (str(source),))
    try:
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("DELETE FROM temp.passed_over")
            connection.executemany("INSERT INTO temp.passed_over VALUES (?)", ((key,) for key in passed_over))
            connection.execute(_ANSWERS)
            connection.execute(_FAILURES)
    finally:
        connection.execute("DETACH DATABASE source")


def _passed_over(sources: Sequence[Path], rank: Callable[[str], int], wait_s: float) -> dict[Path, list[str]]:
    """The keys by source whose answer an item of lower rank has in another one."""
    first: dict[str, tuple[int, Path]] = {}
    found: dict[Path, list[str]] = {}
    for source in sources:
        for key, item in _items(source, wait_s):
            mine = (rank(item), source)
            best = first.setdefault(key, mine)
            if best is not mine:
                first[key], loser = (mine, best) if mine[0] < best[0] else (best, mine)
                found.setdefault(loser[1], []).append(key)
    return found


def _items(source: Path, wait_s: float) -> list[tuple[str, str]]:
    with closing(open_journal(source, wait_s=wait_s)) as connection:
        return connection.execute("SELECT key, item FROM answers").fetchall()
