"""When to try again, and after how long."""

from __future__ import annotations

import random
from dataclasses import dataclass

from medq.calling.call import Fault


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """`timeout_s` bounds one attempt, `deadline_s` a call with all its attempts and waits (waiting for a slot aside).

    Waits double from `backoff_s` to `backoff_max_s`, times a jitter in [0.5, 1]; a provider's Retry-After is followed
    up to `retry_after_max_s`. `retry_truncated` multiplies the token limit for the one retry of an answer that was cut
    off before anything readable; 0 turns that off.
    """

    timeout_s: float = 120.0
    deadline_s: float = 600.0
    retries: int = 8
    backoff_s: float = 0.5
    backoff_max_s: float = 30.0
    retry_after_max_s: float = 60.0
    retry_truncated: int = 4

    def wait_s(self, fault: Fault, *, attempt: int, rng: random.Random) -> float:
        """Seconds before the attempt after number `attempt` (from 1)."""
        wait = min(self.backoff_max_s, self.backoff_s * 2.0 ** (attempt - 1)) * rng.uniform(0.5, 1.0)
        if fault.retry_after_s is not None:
            # A little later than asked, each call differently: all at once would be refused again.
            return min(self.retry_after_max_s, fault.retry_after_s) + 0.1 * wait
        return wait
