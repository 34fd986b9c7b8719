"""A run in several processes: questions shared out by a hash, a journal each, no talk between them, merged by key."""

from medq.shards.job import ShardEnd, ShardJob, ShardLost, ShardStopped
from medq.shards.launcher import Launcher, error_of, launcher_for
from medq.shards.shard import Shard, shard_of

__all__ = [
    "Launcher",
    "Shard",
    "ShardEnd",
    "ShardJob",
    "ShardLost",
    "ShardStopped",
    "error_of",
    "launcher_for",
    "shard_of",
]
