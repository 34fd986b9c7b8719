"""A reached budget ends the judge stage only when what is under way has come back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from judges.call import JudgeCall, JudgeReply
from judges.plan import JudgePlan
from judges.record import AnswerRow
from judges.stage import judge_rows
from medq.errors import BudgetReached
from medq.judging.ending import LetCallsEnd

ROWS = [AnswerRow(str(number), "reasoning", "noisy", "scored", "noisy") for number in range(6)]


def judged_until_reached(reached_at: int) -> tuple[list[int], list[int]]:
    """The stage with 8 workers and a judge that is refused at one call; the calls that began, and those that ended."""
    began: list[int] = []
    ended: list[int] = []

    async def ask(call: JudgeCall) -> JudgeReply:
        number = len(began)
        began.append(number)
        if number == reached_at:
            raise BudgetReached("reached")
        await asyncio.sleep(0.01)
        ended.append(number)
        return JudgeReply("Score: 2")

    async def run() -> None:
        await judge_rows(ROWS, JudgePlan(("j",)), LetCallsEnd(ask), concurrency=8)

    with pytest.raises(BudgetReached):
        asyncio.run(run())
    return began, ended


@pytest.mark.parametrize("reached_at", [0, 3, 7])
def test_calls_under_way_end_and_none_begins(reached_at: int) -> None:
    began, ended = judged_until_reached(reached_at)
    assert len(began) <= 8
    assert sorted(ended) == [number for number in began if number != reached_at]


def test_all_calls_that_are_refused_together_end_together() -> None:
    async def refuse(call: JudgeCall) -> JudgeReply:
        await asyncio.sleep(0.001)
        raise BudgetReached("reached")

    ask: Callable[[JudgeCall], Awaitable[object]] = LetCallsEnd(refuse)

    async def run() -> list[object]:
        call = JudgeCall("j", "r", 0, "reasoning", "consistency", 0, 0, "paper", (), {})
        return await asyncio.wait_for(asyncio.gather(*(ask(call) for _ in range(5)), return_exceptions=True), 5)

    assert [str(one) for one in asyncio.run(run())] == ["reached"] * 5
