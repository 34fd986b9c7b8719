"""What shards left in the run's directory, brought into the run: answers, failures, money."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from medq.journal import merge_journals
from medq.journal.store import BUSY_TIMEOUT_S
from medq.shards.folder import FOLDER, JOURNALS, SPENDINGS
from medq.shards.spent import merge_spending
from medq.spending import SPENDING

SQLITE_SUFFIXES = ("", "-wal", "-shm")


def gather(
    run_dir: Path, journal: Path, *, rank: Callable[[str], int] | None = None, wait_s: float = BUSY_TIMEOUT_S
) -> int:
    """Merges all journals of shards that lie there into `journal` and removes them; returns how many there were.

    They may be of any number of shards and of any session. Raises `ConfigError` where one is still written after
    `wait_s` seconds.
    """
    folder = run_dir / FOLDER
    sources = sorted(folder.glob(JOURNALS), key=_index)
    if sources:
        merge_journals(journal, sources, rank=rank, wait_s=wait_s)
        merge_spending(run_dir / SPENDING, sorted(folder.glob(SPENDINGS)))
    for source in sources:
        for suffix in SQLITE_SUFFIXES:
            source.with_name(source.name + suffix).unlink(missing_ok=True)
    for spent in folder.glob(SPENDINGS):
        spent.unlink(missing_ok=True)
    return len(sources)


def clear(run_dir: Path, *, logs: bool) -> None:
    """Removes all that shards left beside journals and money; with `logs` what they printed as well."""
    folder = run_dir / FOLDER
    for pattern in (
        "*-of-*.*.json",
        "*-of-*.starts.txt",
        "*-of-*.asked.jsonl",
        "*.part",
        *(("*-of-*.log",) if logs else ()),
    ):
        for path in folder.glob(pattern):
            path.unlink(missing_ok=True)
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _index(path: Path) -> tuple[int, int]:
    index, _, count = path.stem.partition("-of-")
    return int(count), int(index)
