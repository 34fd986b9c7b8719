"""What a test sees of a sharded run from outside: its processes, its journals, the calls at the server."""

from __future__ import annotations

import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

from medq.faultserver import RunningServer

SETTLED_S = 0.4
GONE_S = 20


def workers(run: subprocess.Popen[str]) -> list[int]:
    """The process ids of the shards of a run."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and _parent(entry) == run.pid and b"medq.shards.worker" in _command(entry):
            found.append(int(entry.name))
    return sorted(found)


def wait_for_calls(server: RunningServer, run: subprocess.Popen[str], calls: int) -> None:
    """Until the server has got so many calls, or the run has ended."""
    while server.stats()["calls"] < calls and run.poll() is None:
        time.sleep(0.005)


def wait_until_all_answer(run_dir: Path, run: subprocess.Popen[str], *, shards: int) -> None:
    """Until each shard has its first answer, or the run has ended."""
    while len(list((run_dir / "shards").glob("*.tally.json"))) < shards and run.poll() is None:
        time.sleep(0.02)


def settled(server: RunningServer) -> int:
    """The number of calls once none comes any more and none is on its way."""
    seen = -1
    while (stats := server.stats())["calls"] != seen or stats["in_flight"]:
        seen = stats["calls"]
        time.sleep(SETTLED_S)
    return seen


def kept(run_dir: Path) -> set[str]:
    """The keys of the answers in all journals of a run."""
    return {key for path in run_dir.rglob("*.sqlite") for key in _keys(path)}


def gone(pids: list[int]) -> bool:
    """Whether all of those processes end by themselves; a busy machine may take its time."""
    deadline = time.monotonic() + GONE_S
    while any(_command(Path("/proc") / str(pid)) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not any(_command(Path("/proc") / str(pid)) for pid in pids)


def _keys(path: Path) -> list[str]:
    with closing(sqlite3.connect(path, timeout=30)) as connection:
        try:
            return [str(row[0]) for row in connection.execute("SELECT key FROM answers")]
        except sqlite3.OperationalError:  # killed before its tables were made
            return []


def _parent(entry: Path) -> int:
    try:
        return int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, ValueError):
        return 0


def _command(entry: Path) -> bytes:
    try:
        return (entry / "cmdline").read_bytes()  # empty for one that has ended and is not yet waited for
    except OSError:
        return b""
