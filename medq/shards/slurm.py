"""Shards as an array of Slurm jobs, through submitit; `hardware.slurm.cluster=local` runs the same jobs here."""

from __future__ import annotations

import importlib.util
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from medq.errors import ConfigError, Submitted
from medq.hardware import HardwareSettings
from medq.models.fit import fit
from medq.run.directory import found_run
from medq.schema import RunConfig
from medq.shards.job import ShardEnd, ShardJob, ShardLost
from medq.shards.launcher import Beat
from medq.shards.slurm_job import SlurmJob, cancel
from medq.shards.slurm_queue import FOLDER, note_submitted, still_queued
from medq.shards.slurm_request import merge_request, shard_request
from medq.shards.slurm_task import MergeTask, ShardTask
from medq.terminal import say

BEAT_S = 0.2
# On a cluster every look is a question to the file server, a shard.
LOOK_EVERY_S = {"local": 0.2, "slurm": 2.0}
# A shard that runs out of time goes on from its journal; so often before it is taken for one that never ends.
TIMEOUTS = 100


class SlurmLauncher:
    """One job a shard. Waits for all, or, with `hardware.slurm.wait=false`, leaves the merging to a last job."""

    name = "slurm"

    def __init__(self, hardware: HardwareSettings) -> None:
        self._hardware = hardware
        self._local = hardware.slurm.cluster == "local"

    def check(self, config: RunConfig) -> None:
        """Raises `ConfigError` without submitit, without Slurm, and while jobs of an earlier session are queued."""
        if importlib.util.find_spec("submitit") is None:
            raise ConfigError(
                "hardware.launcher=slurm needs submitit: install the extra `slurm` (pip install -e '.[slurm]')"
            )
        if self._local and not self._hardware.slurm.wait:
            raise ConfigError("hardware.slurm.wait: expected true with cluster=local, where no queue would merge")
        if self._local:
            return
        missing = [program for program in ("sbatch", "srun") if shutil.which(program) is None]
        if missing:
            raise ConfigError(
                f"hardware.launcher=slurm: no program {missing[0]} here: run it where jobs are submitted, or try it "
                "out with hardware.slurm.cluster=local"
            )
        run_dir = found_run(config)
        queued = () if run_dir is None else still_queued(run_dir)
        if queued:
            ids = ",".join(queued)
            raise ConfigError(f"jobs {ids} still work for {run_dir}: wait for them (squeue -j {ids}), or scancel them")

    def launch(self, jobs: Sequence[ShardJob], *, beat: Beat) -> Sequence[ShardEnd | ShardLost]:
        """See `Launcher`. Raises `Submitted` where the run does not wait."""
        first = jobs[0]
        executor = self._executor(first.run_dir)
        gpus = fit(first.config.model, first.config.hardware).gpus_per_model
        executor.update_parameters(**shard_request(self._hardware, gpus=gpus, name=_name(first)))
        submitted = _submitted(executor, [ShardTask(job) for job in jobs])
        array = submitted[0].job_id.partition("_")[0]
        if not self._hardware.slurm.wait:
            raise self._left(first, array)
        self._tell(first.run_dir, [one.job_id for one in submitted] if self._local else [array])
        tasks = [SlurmJob(job, executor, one, local=self._local) for job, one in zip(jobs, submitted, strict=True)]
        try:
            return self._ends(tasks, beat)
        finally:
            cancel([task for task in tasks if task.end is None])

    def _ends(self, tasks: Sequence[SlurmJob], beat: Beat) -> list[ShardEnd | ShardLost]:
        looked_s = time.monotonic()
        while any(task.end is None for task in tasks):
            beat()
            time.sleep(BEAT_S)
            if time.monotonic() - looked_s >= LOOK_EVERY_S[self._hardware.slurm.cluster]:
                looked_s = time.monotonic()
                for task in tasks:
                    task.look(self._hardware.restarts)
        return [task.end for task in tasks if task.end is not None]

    def _left(self, first: ShardJob, array: str) -> Submitted:
        """Submits the job that merges; what the user is told."""
        executor = self._executor(first.run_dir)
        executor.update_parameters(**merge_request(self._hardware, after=array, name=f"{_name(first)}-merge"))
        last = _submitted(executor, [MergeTask(first.run_dir, first.folder)])[0].job_id
        note_submitted(first.run_dir, [array, last])
        return Submitted(
            f"submitted: array {array} asks, job {last} then merges and writes {first.run_dir}; look: squeue -j "
            f"{array},{last}; stop: scancel {array} {last}; afterwards the same command goes on with what is left"
        )

    def _executor(self, run_dir: Path) -> Any:
        import submitit

        options = {"slurm_max_num_timeout": TIMEOUTS, "local_max_num_timeout": TIMEOUTS}
        return submitit.AutoExecutor(run_dir / FOLDER, cluster=self._hardware.slurm.cluster, **options)

    def _tell(self, run_dir: Path, ids: Sequence[str]) -> None:
        if not self._local:
            note_submitted(run_dir, ids)
        where = "jobs of this machine" if self._local else "Slurm jobs"
        say(f"{where}: {', '.join(ids)}; their output: {run_dir / FOLDER}; Ctrl-C cancels them")


def _submitted(executor: Any, tasks: Sequence[ShardTask | MergeTask]) -> list[Any]:
    """The jobs of those tasks, an array where there are several. Raises `ConfigError` where Slurm refuses them."""
    from submitit.core.utils import FailedSubmissionError, UncompletedJobError

    try:
        with executor.batch():
            return [executor.submit(task) for task in tasks]
    except (FailedSubmissionError, UncompletedJobError) as error:
        said = [line.strip() for line in str(error).splitlines() if "error:" in line] or [str(error)]
        raise ConfigError(f"hardware.slurm: the jobs were not taken: {said[-1]}") from error


def _name(job: ShardJob) -> str:
    return f"medq-{job.run_dir.name}"
