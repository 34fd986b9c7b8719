"""What runs inside a Slurm job: a shard, which is queued again when it is preempted, or the merging of all shards."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from medq.shards.job import ShardEnd, ShardJob, ShardStopped
from medq.shards.run import outcome_of

STOPPED = 130


@dataclass(frozen=True, slots=True)
class ShardTask:
    """One shard as submitit calls it; its journal is its checkpoint."""

    job: ShardJob

    def __call__(self) -> ShardEnd | ShardStopped:
        """The shard's end. One that was told to stop leaves none: Slurm, or the run, starts it again."""
        outcome = outcome_of(self.job)
        if isinstance(outcome, ShardStopped) and outcome.exit_code == STOPPED:
            raise SystemExit(STOPPED)
        return outcome

    def checkpoint(self) -> Any:
        """What submitit queues instead, before the time is up or on preemption: the same shard."""
        from submitit.helpers import DelayedSubmission

        return DelayedSubmission(self)


@dataclass(frozen=True, slots=True)
class MergeTask:
    """Merges the shards' journals and writes the run's files, as the user's own command would; asks nothing."""

    run_dir: Path
    folder: Path

    def __call__(self) -> None:
        """Ends the job with the exit code of the run, so that Slurm knows of it."""
        command = [sys.executable, "-m", "medq", "mode=score", f"run.dir='{self.run_dir}'"]
        code = subprocess.run(command, cwd=self.folder, check=False).returncode
        if code:
            raise SystemExit(code)
