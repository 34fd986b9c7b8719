"""What starts the shards of a run and waits for them: processes of this machine, Slurm, or Ray."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from medq import errors
from medq.errors import ConfigError, MedqError
from medq.hardware import HardwareSettings
from medq.schema import RunConfig
from medq.shards.job import ShardEnd, ShardJob, ShardLost, ShardStopped

Beat = Callable[[], None]


class Launcher(Protocol):
    """Starts shards elsewhere; each of them is a call of `outcome_of(job)` in a process of its own."""

    name: str

    def check(self, config: RunConfig) -> None:
        """Raises `ConfigError` where it cannot work at all (not installed, no cluster), before anything is made."""

    def launch(self, jobs: Sequence[ShardJob], *, beat: Beat) -> Sequence[ShardEnd | ShardLost]:
        """Runs every job to its end and returns one end each, in the order of the jobs.

        A shard whose process dies, or that was told to stop (exit code 130) by someone else, is started again at most
        `hardware.restarts` times; it goes on from its journal. After that it is `ShardLost`, and the others go on. Any
        other `ShardStopped` ends the run: raise `error_of(it)`. `beat` is to be called some times a second: it shows
        how far the shards are, and raises `Interrupted` when the user wants to stop. Whatever leaves this method, its
        shards have been stopped before. A launcher that does not wait raises `Submitted`.
        """


def launcher_for(hardware: HardwareSettings) -> Launcher:
    """The launcher that the configuration names."""
    if hardware.launcher == "slurm":
        from medq.shards.slurm import SlurmLauncher

        return SlurmLauncher(hardware)
    if hardware.launcher == "ray":
        from medq.shards.ray import RayLauncher

        return RayLauncher(hardware)
    from medq.shards.processes import ProcessLauncher

    return ProcessLauncher(hardware)


def error_of(stopped: ShardStopped) -> MedqError:
    """The error that a shard ended with, as it would have been raised here."""
    kind = getattr(errors, stopped.error, ConfigError)
    return kind(stopped.message) if issubclass(kind, MedqError) else ConfigError(stopped.message)
