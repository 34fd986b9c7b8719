"""How far a shard is, in a file that the run reads: it works across processes and machines alike."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from medq.models.interface import Failure, Outcome
from medq.run.write import write_text

WRITE_EVERY_S = 0.5


@dataclass(frozen=True, slots=True)
class Count:
    """Questions done so far; `from_journal` and `failed` are parts of them. Dollars are those of this session."""

    done: int = 0
    from_journal: int = 0
    failed: int = 0
    cost_usd: float = 0.0

    def __add__(self, other: Count) -> Count:
        return Count(
            self.done + other.done,
            self.from_journal + other.from_journal,
            self.failed + other.failed,
            self.cost_usd + other.cost_usd,
        )


class Tally:
    """Counts outcomes and writes the count at most twice a second."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._written_s = 0.0
        self.count = Count()

    def observe(self, outcome: Outcome, from_journal: bool) -> None:
        """Takes one outcome into account."""
        cost = 0.0 if from_journal else outcome.cost_usd or 0.0
        self.count += Count(1, int(from_journal), int(isinstance(outcome, Failure)), cost)
        if time.monotonic() - self._written_s >= WRITE_EVERY_S:
            self.write()

    def write(self) -> None:
        """Writes the count as it is now."""
        self._written_s = time.monotonic()
        write_text(self._path, json.dumps(asdict(self.count)))


def counted(paths: Iterable[Path]) -> Count:
    """The sum of the counts in those files; a file that is not there yet counts nothing."""
    total = Count()
    for path in paths:
        try:
            total += Count(**json.loads(path.read_text(encoding="utf-8")))
        except (OSError, json.JSONDecodeError):
            continue
    return total
