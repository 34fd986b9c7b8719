"""What a shard is told, and what it says at its end; both travel between processes and machines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from medq.schema import RunConfig
from medq.shards.shard import Shard


@dataclass(frozen=True, slots=True)
class ShardJob:
    """One shard of a run, picklable.

    `run_dir` is absolute; `folder` is the working directory in which the paths of `config` hold. `session` is the
    number of the session of the run that wants it: a job that was left over from an earlier one does nothing. `gpus`
    are the values for CUDA_VISIBLE_DEVICES, empty where the launcher's own scheduler sets it.
    """

    config: RunConfig
    run_dir: Path
    folder: Path
    session: int
    shard: Shard
    gpus: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShardEnd:
    """A shard that asked all its questions.

    `answered` and `failed` count questions, `from_journal` those of the answered that an earlier process had asked.
    `peak_rss_mib` is the largest resident set of the process, `restarts` how often it was started anew after it died.
    `calls` and `notes` are what its model reports.
    """

    index: int
    count: int
    questions: int
    answered: int
    failed: int
    from_journal: int
    seconds: float
    peak_rss_mib: float
    host: str
    gpus: tuple[str, ...] = ()
    restarts: int = 0
    calls: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShardStopped:
    """A shard that ended on purpose before its questions: an error of `medq` or of its input, in one line.

    `exit_code` is the one that the error ends a run with: 130 where the shard was told to stop.
    """

    index: int
    count: int
    error: str
    message: str
    exit_code: int


@dataclass(frozen=True, slots=True)
class ShardLost:
    """A shard whose process died more often than it may be started again; its unfinished questions are left."""

    index: int
    count: int
    cause: str
    restarts: int = 0
