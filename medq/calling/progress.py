"""Where one call stands between its attempts."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cached_property


@dataclass
class Progress:
    """Attempts made, attempts that failed, seconds used up (waiting for a slot aside), dollars spent.

    `truncated` holds the first and the enlarged token limit once an answer was cut off before anything readable.
    """

    seed: int
    attempts: int = 0
    failures: int = 0
    used_s: float = 0.0
    spent_usd: float | None = None
    truncated: tuple[int, ...] = ()

    @cached_property
    def rng(self) -> random.Random:
        """The source of jitter, made by the first call that has to wait: seeding one reads 2.5 kB of system entropy."""
        return random.Random(self.seed)

    def paid(self, cost: float | None) -> None:
        """Adds the cost of an attempt; an unknown one adds nothing."""
        if cost is not None:
            self.spent_usd = (self.spent_usd or 0.0) + cost
