"""What the server saw: calls, faults, contents, models, the most calls at a time, and when."""

from __future__ import annotations

import time
from collections import Counter
from typing import Any


class Stats:
    """Counters since the start or the last `reset`. Times are seconds of one monotonic clock."""

    def __init__(self) -> None:
        self._in_flight = 0
        self.reset()

    def reset(self) -> None:
        """Counts start again; calls in flight stay in flight."""
        self.calls: Counter[str] = Counter()
        self.answered: Counter[str] = Counter()
        self.faults: Counter[str] = Counter()
        self.models: Counter[str] = Counter()
        self.max_in_flight = self._in_flight
        self.first_request_s: float | None = None
        self.last_request_s: float | None = None
        self.last_response_s: float | None = None

    def arrived(self) -> None:
        """A request's headers came in."""
        now = time.monotonic()
        self.first_request_s = now if self.first_request_s is None else self.first_request_s
        self.last_request_s = now
        self._in_flight += 1
        self.max_in_flight = max(self.max_in_flight, self._in_flight)

    def left(self) -> None:
        """A request ended, in whatever way."""
        self._in_flight -= 1
        self.last_response_s = time.monotonic()

    def counted(self, *, content: str, model: str) -> int:
        """Number of this attempt at `content`, from 1."""
        self.calls[content] += 1
        self.models[model] += 1
        return self.calls[content]

    def snapshot(self) -> dict[str, Any]:
        """Everything as JSON; `first_to_last_s` is from the first request to the last response, None before both."""
        span = None
        if self.first_request_s is not None and self.last_response_s is not None:
            span = self.last_response_s - self.first_request_s
        return {
            "calls": self.calls.total(),
            "answered": self.answered.total(),
            "contents": len(self.calls),
            "by_fault": dict(sorted(self.faults.items())),
            "by_content": dict(sorted(self.calls.items())),
            "answered_by_content": dict(sorted(self.answered.items())),
            "models": dict(sorted(self.models.items())),
            "in_flight": self._in_flight,
            "max_in_flight": self.max_in_flight,
            "first_to_last_s": span,
        }
