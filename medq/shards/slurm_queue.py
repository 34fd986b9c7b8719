"""Which jobs of a run are in Slurm's queue: noted in the run's directory, asked of `squeue`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from medq.machine import output
from medq.run.write import write_json

FOLDER = "slurm"
SUBMITTED = "submitted.json"
SQUEUE_TIMEOUT_S = 60


def note_submitted(run_dir: Path, ids: Sequence[str]) -> None:
    """Keeps the numbers of the jobs that work for the run."""
    write_json(run_dir / FOLDER / SUBMITTED, {"jobs": list(ids)})


def still_queued(run_dir: Path) -> tuple[str, ...]:
    """The noted jobs of which any part waits or runs; none where nothing is noted or there is no Slurm here."""
    try:
        ids = json.loads((run_dir / FOLDER / SUBMITTED).read_text(encoding="utf-8"))["jobs"]
    except FileNotFoundError:
        return ()
    # A job that has left the queue for good is an error to squeue, so each is asked about by itself.
    return tuple(one for one in ids if output("squeue", "--noheader", "--jobs", one, timeout_s=SQUEUE_TIMEOUT_S))
