"""How many calls run at a time: few at first, soon all that are allowed, fewer again when the provider says so."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass

START = 8
# The limit doubles this often until it reaches the ceiling or a rate limit comes back. Waiting for answers instead
# would cost several whole latencies (2 s each and more), while a gateway refuses within tens of milliseconds.
RAMP_S = 0.01
CUT = 0.5
# Providers count in seconds to minutes; refusals that follow each other faster speak of the same excess.
CUT_PAUSE_S = 0.5
HISTORY_LENGTH = 200


@dataclass(frozen=True, slots=True)
class LimitChange:
    """The limit from `at_s` (seconds since the first call) on, and why: "start", "ramp", "rate_limit" or "recovery"."""

    at_s: float
    limit: int
    why: str


class AdaptiveLimiter:
    """Slots for calls: doubles at first, then adds a tenth a round of successes; is halved by rate limits alone.

    Refusals of calls that were under way together, or within `CUT_PAUSE_S`, cut once. One event loop only.
    """

    def __init__(self, ceiling: int, *, start: int = START, ramp_s: float = RAMP_S) -> None:
        if ceiling < 1:
            raise ValueError(f"expected at least one call at a time, got {ceiling}")
        self.ceiling = ceiling
        self.limit = min(start, ceiling)
        self.in_flight = 0
        self.history: list[LimitChange] = []
        self._ramp_s = ramp_s
        self._ramping = True
        self._credit = 0.0
        self._began_s: float | None = None
        self._cut_s = float("-inf")
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def acquire(self) -> float:
        """Waits for a slot; returns the loop's time at which the call starts, for `release`."""
        loop = asyncio.get_running_loop()
        if self._began_s is None:
            self._began_s = loop.time()
            self._note("start")
            self._schedule_ramp(loop)
        if self.in_flight >= self.limit or self._waiting:
            turn: asyncio.Future[None] = loop.create_future()
            self._waiting.append(turn)
            try:
                await turn
            except asyncio.CancelledError:
                if turn.done() and not turn.cancelled():
                    self._leave()
                raise
        else:
            self.in_flight += 1
        return loop.time()

    def release(self, started_s: float, *, rate_limited: bool = False, succeeded: bool = False) -> None:
        """Gives the slot back and says how the call went."""
        if rate_limited:
            self._ramping = False
            now = asyncio.get_running_loop().time()
            if started_s > self._cut_s and now >= self._cut_s + CUT_PAUSE_S:
                self._cut_s = now
                self._credit = 0.0
                self._set(max(1, int(self.limit * CUT)), "rate_limit")
        elif succeeded and not self._ramping and self.limit < self.ceiling:
            self._credit += max(1.0, self.limit / 10) / self.limit
            if self._credit >= 1:
                gained, self._credit = int(self._credit), self._credit % 1
                self._set(min(self.ceiling, self.limit + gained), "recovery")
        self._leave()

    def _leave(self) -> None:
        self.in_flight -= 1
        self._grant()

    def _grant(self) -> None:
        while self._waiting and self.in_flight < self.limit:
            turn = self._waiting.popleft()
            if not turn.done():
                self.in_flight += 1
                turn.set_result(None)

    def _schedule_ramp(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._ramping and self.limit < self.ceiling:
            loop.call_later(self._ramp_s, self._ramp, loop)

    def _ramp(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._ramping:
            self._set(min(self.ceiling, self.limit * 2), "ramp")
            self._grant()
            self._schedule_ramp(loop)

    def _set(self, limit: int, why: str) -> None:
        if limit != self.limit:
            self.limit = limit
            self._note(why)

    def _note(self, why: str) -> None:
        now = asyncio.get_running_loop().time()
        began = now if self._began_s is None else self._began_s
        if len(self.history) < HISTORY_LENGTH:
            self.history.append(LimitChange(at_s=round(now - began, 3), limit=self.limit, why=why))
