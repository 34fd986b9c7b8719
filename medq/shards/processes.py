"""Shards as processes of this machine, each with GPUs of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from medq.hardware import HardwareSettings
from medq.schema import RunConfig
from medq.shards.folder import ShardFiles
from medq.shards.job import ShardEnd, ShardJob, ShardLost, ShardStopped
from medq.shards.launcher import Beat, error_of
from medq.shards.worker import packed, read_outcome

POLL_S = 0.05
STOP_S = 3.0
STOPPED = 130


class ProcessLauncher:
    """A process a shard, in process groups of their own, so that Ctrl-C reaches them through the run alone."""

    name = "processes"

    def __init__(self, hardware: HardwareSettings) -> None:
        self._restarts = hardware.restarts

    def check(self, config: RunConfig) -> None:
        """Nothing can be missing."""

    def launch(self, jobs: Sequence[ShardJob], *, beat: Beat) -> Sequence[ShardEnd | ShardLost]:
        """See `Launcher`."""
        shards = [_Process(job, len(jobs)) for job in jobs]
        try:
            for shard in shards:
                shard.start()
            while any(shard.end is None for shard in shards):
                beat()
                time.sleep(POLL_S)
                for shard in shards:
                    shard.look(self._restarts)
            return [shard.end for shard in shards if shard.end is not None]
        finally:
            _stop([shard.process for shard in shards if shard.process is not None])


@dataclass
class _Process:
    job: ShardJob
    count: int
    process: subprocess.Popen[bytes] | None = None
    end: ShardEnd | ShardLost | None = None
    restarts: int = 0

    def start(self) -> None:
        files = ShardFiles(self.job.run_dir, self.job.shard)
        files.outcome.unlink(missing_ok=True)
        with files.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "medq.shards.worker"],
                stdin=subprocess.PIPE, stdout=log, stderr=log, env=self._environment(), cwd=self.job.folder,
                process_group=0,
            )  # fmt: skip
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(packed(self.job))
            self.process.stdin.flush()  # and stays open: its end is the end of the shard
        except BrokenPipeError:
            return  # it died already, which `look` will see

    def look(self, restarts: int) -> None:
        """Takes note of the process's end, and starts another one after a death."""
        assert self.process is not None
        code = None if self.end is not None else self.process.poll()
        if code is None:
            return
        _close(self.process)
        outcome = read_outcome(ShardFiles(self.job.run_dir, self.job.shard).outcome)
        if isinstance(outcome, ShardEnd):
            self.end = replace(outcome, restarts=self.restarts)
        elif outcome is not None and outcome.exit_code != STOPPED:
            raise error_of(outcome)
        elif self.restarts < restarts:
            self.restarts += 1
            self.start()
        else:
            self.end = ShardLost(*_place(self.job), cause=self._cause(code, outcome), restarts=self.restarts)

    def _cause(self, code: int, outcome: ShardStopped | None) -> str:
        if outcome is not None:
            return "told to stop"
        if code < 0:
            return f"killed by {signal.Signals(-code).name}"
        return f"exit code {code}: {_last_line(ShardFiles(self.job.run_dir, self.job.shard).log)}"

    def _environment(self) -> dict[str, str]:
        """GPUs are set before anything of CUDA can be loaded; threads of torch and NumPy share the cores."""
        threads = str(max(1, (os.cpu_count() or 1) // self.count))
        chosen = {"CUDA_VISIBLE_DEVICES": ",".join(self.job.gpus)} if self.job.gpus else {}
        return {"OMP_NUM_THREADS": threads, **os.environ, **chosen, "PYTHONUNBUFFERED": "1"}


def _place(job: ShardJob) -> tuple[int, int]:
    return job.shard.index, job.shard.count


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1] if lines else "it printed nothing"


def _stop(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Tells all to stop, and kills those that have not after `STOP_S`."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline_s = time.monotonic() + STOP_S
    for process in processes:
        try:
            process.wait(max(0.0, deadline_s - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        _close(process)


def _close(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None and not process.stdin.closed:
        process.stdin.close()
