"""Shards as tasks of a Ray cluster that is there already: Ray finds them GPUs, and tries again where a node dies."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from typing import Any

from medq.errors import ConfigError
from medq.hardware import HardwareSettings
from medq.models.fit import fit
from medq.schema import RunConfig
from medq.shards.job import ShardEnd, ShardJob, ShardLost, ShardStopped
from medq.shards.launcher import Beat, error_of
from medq.shards.run import outcome_of
from medq.terminal import say_error

POLL_S = 0.2
STOP_S = 3.0
STOPPED = 130
CAUSE_CHARACTERS = 300


class RayLauncher:
    """A task a shard, one worker process each.

    Nothing is shipped but the job: every node needs `medq` in the same place, and the run's folder on a file system
    that all nodes share, which each task checks. After the death of a worker or a node Ray starts the task again,
    `hardware.restarts` times, anywhere; it goes on from the shard's journal.
    """

    name = "ray"

    def __init__(self, hardware: HardwareSettings) -> None:
        self._hardware = hardware

    def check(self, config: RunConfig) -> None:
        """Connects to the cluster. Raises `ConfigError` where `ray` is not installed or no cluster answers."""
        if importlib.util.find_spec("ray") is None:
            raise ConfigError("hardware.launcher=ray needs Ray: pip install -e '.[ray]', on every node")
        import ray

        if not ray.is_initialized():
            _connect(self._hardware.ray.address)

    def launch(self, jobs: Sequence[ShardJob], *, beat: Beat) -> Sequence[ShardEnd | ShardLost]:
        """See `Launcher`."""
        import ray

        needs = self._needs(jobs[0].config)
        _tell_if_no_node_has(needs)
        options = {"max_retries": self._hardware.restarts, "retry_exceptions": True, "max_calls": 1}
        task = ray.remote(**needs, **options)(_task)
        running: dict[Any, ShardJob] = {task.remote(job): job for job in jobs}
        ends: dict[int, ShardEnd | ShardLost] = {}
        try:
            while running:
                beat()
                done, _ = ray.wait(list(running), num_returns=1, timeout=POLL_S)
                for reference in done:
                    end = self._end(reference, running.pop(reference))
                    ends[end.index] = end
            return [ends[job.shard.index] for job in jobs]
        finally:
            _cancel(list(running))
            ray.shutdown()

    def _needs(self, config: RunConfig) -> dict[str, float]:
        gpus = fit(config.model, self._hardware).gpus_per_model if self._hardware.device == "cuda" else 0
        return {"num_cpus": self._hardware.ray.cpus, "num_gpus": gpus}

    def _end(self, reference: Any, job: ShardJob) -> ShardEnd | ShardLost:
        import ray

        try:
            outcome: ShardEnd | ShardStopped = ray.get(reference)
        except ray.exceptions.RayError as error:
            cause = " ".join(str(error).split())[-CAUSE_CHARACTERS:]
            return ShardLost(job.shard.index, job.shard.count, cause, restarts=self._hardware.restarts)
        if isinstance(outcome, ShardStopped):
            raise error_of(outcome)
        return outcome


class _ToldToStopError(Exception):
    """A shard that somebody else than the run stopped, for example a node that is being emptied: Ray tries it again."""


def _task(job: ShardJob) -> ShardEnd | ShardStopped:
    outcome = outcome_of(job)
    if isinstance(outcome, ShardStopped) and outcome.exit_code == STOPPED:
        raise _ToldToStopError(f"shard {job.shard.name} was told to stop")
    return outcome


def _connect(address: str) -> None:
    import logging

    import ray

    try:
        # No runtime environment: the nodes have the project, and the working tree stays where it is.
        ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR)
    except (ConnectionError, ValueError, ImportError, RuntimeError, ray.exceptions.RayError) as error:
        first = " ".join(str(error).split())[:CAUSE_CHARACTERS]
        raise ConfigError(
            f"hardware.ray.address={address}: no Ray cluster can be reached ({first}); start one with "
            "`ray start --head`, or give its address; all nodes need the same RAY_AUTH_TOKEN_PATH"
        ) from error


def _tell_if_no_node_has(needs: dict[str, float]) -> None:
    """Tasks that fit nowhere wait for ever, as they must where a cluster grows by itself; but not in silence."""
    import ray

    have = [node["Resources"] for node in ray.nodes() if node["Alive"]]
    wanted = {"CPU": needs["num_cpus"], "GPU": needs["num_gpus"]}
    if not any(all(one.get(name, 0) >= amount for name, amount in wanted.items()) for one in have):
        say_error(
            f"no node of the Ray cluster has {wanted['CPU']:g} CPUs and {wanted['GPU']:g} GPUs for a shard: they wait "
            "until one joins"
        )


def _cancel(references: Sequence[Any]) -> None:
    """Tells the tasks to stop, and kills those that have not after `STOP_S`."""
    import ray

    for force in (False, True):
        for reference in references:
            ray.cancel(reference, force=force)
        if references:
            _, references = ray.wait(list(references), num_returns=len(references), timeout=STOP_S)
