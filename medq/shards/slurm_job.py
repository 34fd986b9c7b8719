"""One shard's job as the run sees it: under way, ended, dead and submitted once more, or lost."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from medq.shards.job import ShardEnd, ShardJob, ShardLost, ShardStopped
from medq.shards.launcher import error_of
from medq.shards.slurm_task import ShardTask
from medq.terminal import say_error

# sacct, asked for all jobs together, once in so many seconds.
ASK_EVERY_S = 30.0
# For a file that another node wrote to be seen here.
LATE_FILE_S = 30.0
STOP_S = 5.0
_CANCELLED = "CANCELLED"


@dataclass
class SlurmJob:
    """`submitted` is submitit's job for the shard of `job`; `end` is set when nothing more is to come from it."""

    job: ShardJob
    executor: Any
    submitted: Any
    local: bool
    end: ShardEnd | ShardLost | None = None
    restarts: int = 0
    _asked_s: float = field(default_factory=time.monotonic)
    _gone_s: float | None = None

    def look(self, restarts: int) -> None:
        """Takes note of how the job stands; submits it again where it died without a word.

        Raises the error that the shard ended with.
        """
        if self.end is not None:
            return
        if self.submitted.paths.result_pickle.exists():
            self._take(restarts)
        elif not self._is_done():
            self._gone_s = None
        elif self._is_gone():
            self._again_or_lost(restarts, self._state())

    def _take(self, restarts: int) -> None:
        from submitit.core.utils import UncompletedJobError

        try:
            outcome = self.submitted.result()
        except UncompletedJobError as error:  # its words are the traceback from the node
            self._again_or_lost(restarts, _last_line(str(error)))
            return
        if isinstance(outcome, ShardStopped):
            raise error_of(outcome)
        self.end = replace(outcome, restarts=self.restarts)

    def _is_done(self) -> bool:
        if self.local:
            return bool(self.submitted.done())
        force = time.monotonic() - self._asked_s >= ASK_EVERY_S
        if force:
            self._asked_s = time.monotonic()
        return bool(self.submitted.done(force_check=force))

    def _is_gone(self) -> bool:
        """Whether a job that is done has had the time to leave its result."""
        now_s = time.monotonic()
        self._gone_s = self._gone_s or now_s
        return not self.submitted.paths.result_pickle.exists() and (self.local or now_s - self._gone_s >= LATE_FILE_S)

    def _again_or_lost(self, restarts: int, cause: str) -> None:
        if self.restarts >= restarts or cause.startswith(_CANCELLED):
            self.end = ShardLost(self.job.shard.index, self.job.shard.count, cause=cause, restarts=self.restarts)
            return
        self.submitted.cancel(check=False)  # where Slurm itself has queued it again, two would do the same
        self.restarts += 1
        self.submitted, self._gone_s = self.executor.submit(ShardTask(self.job)), None
        say_error(
            f"shard {self.job.shard.name} ended without a result ({cause}); submitted again as job "
            f"{self.submitted.job_id}, {self.restarts} of {restarts}"
        )

    def _state(self) -> str:
        if not self.local:
            return f"{self.submitted.state}, see {self.submitted.paths.stdout}"
        said = self.submitted.stdout() or ""
        return f"its process died; the last it said: {_last_line(said)}"


def cancel(jobs: Sequence[SlurmJob]) -> None:
    """Cancels jobs that the run no longer waits for, says so, and gives those of this machine the time to end."""
    if not jobs:
        return
    say_error(f"cancelling jobs {', '.join(job.submitted.job_id for job in jobs)}")
    for job in jobs:
        job.submitted.cancel(check=False)
    deadline_s = time.monotonic() + STOP_S
    while any(job.local and not job.submitted.done() for job in jobs) and time.monotonic() < deadline_s:
        time.sleep(0.05)


def _last_line(text: str) -> str:
    return ([""] + [line.strip() for line in text.splitlines() if line.strip()])[-1]
