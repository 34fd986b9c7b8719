"""`run_dir/shards`: the files of a shard while it runs; all gone when they are merged."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from medq.shards.shard import Shard

FOLDER = "shards"
JOURNALS = "*-of-*.sqlite"
SPENDINGS = "*-of-*.session-*.spending.jsonl"


@dataclass(frozen=True, slots=True)
class ShardFiles:
    """Where one shard of a run writes."""

    run_dir: Path
    shard: Shard

    @property
    def journal(self) -> Path:
        """Its answers and failures; locked by the process that writes it."""
        return self._file("sqlite")

    def spending(self, session: int) -> Path:
        """What its calls of a session of the run cost, as in the run's own `spending.jsonl`."""
        return self._file(f"session-{session}.spending.jsonl")

    @property
    def tally(self) -> Path:
        """How far it is."""
        return self._file("tally.json")

    @property
    def asked(self) -> Path:
        """Its questions with the ledger of their images; whole when the shard has ended."""
        return self._file("asked.jsonl")

    @property
    def outcome(self) -> Path:
        """How it ended, where it is a process of this machine."""
        return self._file("outcome.json")

    @property
    def starts(self) -> Path:
        """A line each time that it was started in this session."""
        return self._file("starts.txt")

    @property
    def log(self) -> Path:
        """What its process printed."""
        return self._file("log")

    @property
    def serving_log(self) -> Path:
        """What a server that it started printed."""
        return self._file("serving.log")

    def _file(self, suffix: str) -> Path:
        return self.run_dir / FOLDER / f"{self.shard.name}.{suffix}"
