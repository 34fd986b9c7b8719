"""`python -m medq.shards.worker`: the process of one shard; its job comes over stdin, which also ends it.

The pipe closes when the run's process is gone, however it ended: a shard never outlives its run.
"""

from __future__ import annotations

import json
import os
import pickle
import signal
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from medq.run.write import write_text
from medq.shards.folder import ShardFiles
from medq.shards.job import ShardEnd, ShardJob, ShardStopped
from medq.shards.run import outcome_of

GRACE_S = 3.0
SIZE_BYTES = 8
STDIN = 0


def main() -> int:
    """Runs the job and writes how it ended; returns 0 for an end of any kind that is on file."""
    job = _received()
    threading.Thread(target=_end_with_the_run, name="parent", daemon=True).start()
    write_outcome(ShardFiles(job.run_dir, job.shard).outcome, outcome_of(job))
    return 0


def packed(job: ShardJob) -> bytes:
    """A job as it is sent."""
    body = pickle.dumps(job)
    return len(body).to_bytes(SIZE_BYTES, "big") + body


def write_outcome(path: Path, outcome: ShardEnd | ShardStopped) -> None:
    """Puts the end of a shard on file."""
    write_text(path, json.dumps({"kind": type(outcome).__name__, **asdict(outcome)}))


def read_outcome(path: Path) -> ShardEnd | ShardStopped | None:
    """The end of a shard; None where its process left none."""
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    if found.pop("kind") == "ShardStopped":
        return ShardStopped(**found)
    return ShardEnd(**{**found, "gpus": tuple(found["gpus"]), "notes": tuple(found["notes"])})


def _received() -> ShardJob:
    size = int.from_bytes(_read(SIZE_BYTES), "big")
    job: ShardJob = pickle.loads(_read(size))
    return job


def _read(size: int) -> bytes:
    """So many bytes of the pipe, below Python's own buffer, whose lock a waiting thread would hold at the end."""
    found = b""
    while len(found) < size and (piece := os.read(STDIN, size - len(found))):
        found += piece
    return found


def _end_with_the_run() -> None:
    os.read(STDIN, 1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_S)
    os._exit(130)


if __name__ == "__main__":
    sys.exit(main())
