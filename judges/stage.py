"""The judge stage: asks for every needed verdict, many at a time, and gathers them by row and axis."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from judges.aggregate import judgement_of_row
from judges.axes import allowed_scores
from judges.call import Ask, JudgeFailure, JudgeReply
from judges.plan import JudgePlan, Needed, needed_verdicts
from judges.record import AnswerRow, RowJudgement, State, Verdict
from judges.verdict import read_verdict

CONCURRENCY = 16
Number = TypeVar("Number", int, float)
_FINISH_STATES: dict[str, State] = {
    "length": "truncated",
    "max_tokens": "truncated",
    "max_output_tokens": "truncated",
    "content_filter": "filtered",
    "safety": "filtered",
    "refusal": "refusal",
}
_ASKED_AGAIN = frozenset({"unreadable", "truncated"})


async def judge_rows(
    rows: Sequence[AnswerRow],
    plan: JudgePlan,
    ask: Ask,
    *,
    concurrency: int = CONCURRENCY,
    on_verdict: Callable[[Needed, Verdict], None] | None = None,
) -> list[RowJudgement]:
    """The judgements of the rows, in their order.

    `concurrency` workers take the needed verdicts one after the other, so that as many calls are always under way as
    long as work is left; a limiter inside `ask` may allow fewer. What `ask` raises (a reached budget, an unusable
    judge) ends the other workers and is raised here; what it stored stays stored. `on_verdict` is told of each verdict
    as it comes. Raises `JudgeInputError` for rows that cannot be judged (`judges.plan.needed_verdicts`).
    """
    needed = needed_verdicts(rows, plan)
    verdicts: dict[Needed, Verdict] = {}
    queue = iter(needed)

    async def work(waiting: Iterator[Needed]) -> None:
        for one in waiting:
            verdict = await _verdict(one, plan, ask)
            verdicts[one] = verdict
            if on_verdict is not None:
                on_verdict(one, verdict)

    await _all(asyncio.create_task(work(queue)) for _ in range(max(1, min(concurrency, len(needed)))))
    by_row: dict[tuple[str, int], list[tuple[str, Verdict]]] = {}
    for one in needed:
        by_row.setdefault((one.row.id, one.row.sample), []).append((one.axis, verdicts[one]))
    return [judgement_of_row(row, plan, by_row.get((row.id, row.sample), [])) for row in rows]


async def _verdict(needed: Needed, plan: JudgePlan, ask: Ask) -> Verdict:
    """Asks until the reply can be read, at most `plan.retries` times more; each attempt is a call of its own."""
    replies: list[JudgeReply] = []
    for attempt in range(plan.retries + 1):
        outcome = await ask(needed.call(attempt, plan.protocol))
        if isinstance(outcome, JudgeFailure):
            message = f"{outcome.kind}: {outcome.message}"
            verdict = _recorded(needed, replies, None, "error", message, attempts=attempt + 1)
            return replace(verdict, cost_usd=_sum([verdict.cost_usd, outcome.cost_usd]))
        replies.append(outcome)
        score, state, rule = _read(needed, outcome)
        if state not in _ASKED_AGAIN:
            break
    return _recorded(needed, replies, score, state, rule, attempts=len(replies))


def _read(needed: Needed, reply: JudgeReply) -> tuple[int | None, State, str]:
    """Score, state and rule of one reply. A cut-off reply is not read: "Score: 1" may be the start of "Score: 1.5"."""
    reason = (reply.finish_reason or "").lower()
    if reason in _FINISH_STATES:
        return None, _FINISH_STATES[reason], reason
    reading = read_verdict(reply.text, allowed_scores(needed.row.task, needed.axis))
    return reading.score, reading.state, reading.rule


def _recorded(
    needed: Needed, replies: list[JudgeReply], score: int | None, state: State, rule: str, *, attempts: int
) -> Verdict:
    last = replies[-1] if replies else None
    return Verdict(
        judge=needed.judge,
        round=needed.round,
        score=score,
        state=state,
        rule=rule,
        raw=last.text if last else None,
        attempts=attempts,
        returned_model=last.returned_model if last else None,
        tokens_in=_sum(reply.tokens_in for reply in replies),
        tokens_out=_sum(reply.tokens_out for reply in replies),
        cost_usd=_sum(reply.cost_usd for reply in replies),
    )


def _sum(values: Iterable[Number | None]) -> Number | None:
    reported = [value for value in values if value is not None]
    return sum(reported[1:], start=reported[0]) if reported else None


async def _all(tasks: Iterable[asyncio.Task[None]]) -> None:
    """Waits for all workers; the first exception ends the others before it is raised."""
    running = list(tasks)
    try:
        await asyncio.gather(*running)
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
