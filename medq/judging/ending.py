"""How a reached budget ends the judge stage: only when the calls under way have come back and are kept."""

from __future__ import annotations

import asyncio

from judges.call import Ask, JudgeCall, JudgeFailure, JudgeReply
from medq.errors import BudgetReached


class LetCallsEnd:
    """An `Ask` that holds a `BudgetReached` back until no other call is under way, and starts none after it."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._under_way = 0
        self._reached: BudgetReached | None = None
        self._ended = asyncio.Event()

    async def __call__(self, call: JudgeCall) -> JudgeReply | JudgeFailure:
        """What `ask` says. Raises `BudgetReached`."""
        if self._reached is None:
            self._under_way += 1
            try:
                return await self._ask(call)
            except BudgetReached as error:
                self._reached = self._reached or error
            finally:
                self._under_way -= 1
                if self._reached is not None and not self._under_way:
                    self._ended.set()
        await self._ended.wait()
        assert self._reached is not None
        raise self._reached
