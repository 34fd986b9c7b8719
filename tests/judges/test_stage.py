"""The judge stage against a fake `Ask`, on an event loop whose clock is virtual: nothing waits, nothing is timed."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import pytest

from judges.axes import AXES
from judges.call import JudgeCall, JudgeFailure, JudgeReply
from judges.errors import JudgeInputError
from judges.plan import JudgePlan, needed_verdicts
from judges.record import AnswerRow, RowJudgement
from judges.stage import judge_rows

LATENCY_S = 0.3
Outcome = JudgeReply | JudgeFailure


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop that jumps to the next timer instead of waiting for it."""

    def __init__(self) -> None:
        super().__init__()
        self.now_s = 0.0
        self._selector.select = self._skip  # type: ignore[attr-defined]

    def time(self) -> float:
        return self.now_s

    def _skip(self, timeout: float | None = None) -> list[Any]:
        self.now_s += max(timeout or 0.0, 0.0)
        return []


def run(main: Coroutine[Any, Any, Any]) -> tuple[Any, float]:
    """What the coroutine returns, and the virtual seconds that it took."""
    loop = VirtualLoop()
    try:
        return loop.run_until_complete(main), loop.now_s
    finally:
        loop.close()


def row(name: str, *, task: str = "reasoning", response: str | None = "Noisy.", state: str = "scored") -> AnswerRow:
    return AnswerRow(id=name, task=task, response=response, state=state, reference="Sharp.")


class FakeJudge:
    """Answers from a function of the call, after a latency; counts what was asked."""

    def __init__(
        self, answer: Callable[[JudgeCall], Outcome], *, latency_s: Callable[[], float] = lambda: LATENCY_S
    ) -> None:
        self.answer = answer
        self.latency_s = latency_s
        self.calls: list[JudgeCall] = []
        self.in_flight = 0
        self.peak = 0

    async def __call__(self, call: JudgeCall) -> Outcome:
        self.calls.append(call)
        self.in_flight += 1
        self.peak = max(self.peak, self.in_flight)
        await asyncio.sleep(self.latency_s())
        self.in_flight -= 1
        return self.answer(call)


def judged(
    rows: list[AnswerRow],
    ask: Callable[[JudgeCall], Awaitable[Outcome]],
    *,
    concurrency: int = 4,
    **plan: Any,
) -> list[RowJudgement]:
    settings = JudgePlan(judges=plan.pop("judges", ("j",)), **plan)
    judgements, _ = run(judge_rows(rows, settings, ask, concurrency=concurrency))
    assert isinstance(judgements, list)
    return judgements


def two(_: JudgeCall) -> Outcome:
    return JudgeReply("Score: 2")


def test_one_call_is_made_for_every_row_and_axis() -> None:
    judge = FakeJudge(two)
    judgements = judged([row("a"), row("b")], judge)
    asked = Counter((call.row, call.axis) for call in judge.calls)
    assert asked == Counter((name, axis) for name in "ab" for axis in AXES)
    assert [one.id for one in judgements] == ["a", "b"]
    assert all(axis.score == 2 for one in judgements for axis in one.axes.values())


def test_one_official_split_keeps_64_slots_full() -> None:
    judge = FakeJudge(two)
    rows = [row(str(number)) for number in range(354)]
    _, took_s = run(judge_rows(rows, JudgePlan(judges=("j",)), judge, concurrency=64))
    ideal_s = 354 * 4 * LATENCY_S / 64
    assert judge.peak == 64
    assert took_s <= 1.25 * ideal_s


def test_slow_calls_do_not_hold_up_the_others() -> None:
    random_ = random.Random(0)
    judge = FakeJudge(two, latency_s=lambda: 3.0 if random_.random() < 0.05 else 0.1)
    rows = [row(str(number)) for number in range(354)]
    _, took_s = run(judge_rows(rows, JudgePlan(judges=("j",)), judge, concurrency=64))
    work_s = 354 * 4 * (0.95 * 0.1 + 0.05 * 3.0)
    assert took_s <= work_s / 64 * 1.25 + 3.0


def test_an_unreadable_reply_is_asked_again_under_another_attempt_and_then_read() -> None:
    judge = FakeJudge(lambda call: JudgeReply("hm" if call.attempt == 0 else "Score: 1", tokens_out=5, cost_usd=0.25))
    (judgement,) = judged([row("a")], judge, axes=("completeness",))
    assert [call.attempt for call in judge.calls] == [0, 1]
    assert judge.calls[0].key() != judge.calls[1].key()
    verdict = judgement.axes["completeness"].rounds[0]
    assert (verdict.score, verdict.attempts, verdict.tokens_out, verdict.cost_usd) == (1, 2, 10, 0.5)


def test_after_the_retries_it_stays_unscored_with_its_text() -> None:
    judge = FakeJudge(lambda _: JudgeReply("Score: 1-2"))
    (judgement,) = judged([row("a")], judge, axes=("completeness",), retries=2)
    axis = judgement.axes["completeness"]
    assert len(judge.calls) == 3
    assert (axis.score, axis.state, axis.raw) == (None, "unreadable", "Score: 1-2")
    assert axis.rounds[0].rule == "range"


@pytest.mark.parametrize(
    ("outcome", "state", "calls"),
    [
        (JudgeReply("I'm sorry, I can't help with that."), "refusal", 1),
        (JudgeReply("Score: 1", finish_reason="length"), "truncated", 3),
        (JudgeReply("", finish_reason="content_filter"), "filtered", 1),
        (JudgeReply("", finish_reason="refusal"), "refusal", 1),
        (JudgeReply(""), "unreadable", 3),
        (JudgeFailure("timeout", "no reply within 60 s"), "error", 1),
    ],
)
def test_every_way_to_give_no_score_is_a_state_of_its_own(outcome: Outcome, state: str, calls: int) -> None:
    judge = FakeJudge(lambda _: outcome)
    (judgement,) = judged([row("a")], judge, axes=("consistency",), retries=2)
    axis = judgement.axes["consistency"]
    assert (axis.score, axis.state, len(judge.calls)) == (None, state, calls)


def test_a_failure_keeps_its_cause_and_its_cost() -> None:
    judge = FakeJudge(lambda _: JudgeFailure("server", "503", cost_usd=0.1))
    (judgement,) = judged([row("a")], judge, axes=("consistency",))
    verdict = judgement.axes["consistency"].rounds[0]
    assert (verdict.rule, verdict.cost_usd, verdict.raw) == ("server: 503", 0.1, None)


@pytest.mark.parametrize(
    "failed",
    [
        row("a", state="error"),
        row("a", response=None),
        row("a", response="  "),
        row("a", response="", state="unscored"),
    ],
)
def test_a_failed_or_empty_answer_is_never_sent_to_the_judge(failed: AnswerRow) -> None:
    judge = FakeJudge(two)
    judgements = judged([failed, row("b")], judge)
    assert {call.row for call in judge.calls} == {"b"}
    assert {axis.state for axis in judgements[0].axes.values()} == {"not_judged"}
    assert {axis.state for axis in judgements[1].axes.values()} == {"scored"}


def test_an_answer_that_declines_is_judged_like_any_other_text() -> None:
    judge = FakeJudge(lambda _: JudgeReply("Score: 0"))
    (judgement,) = judged([row("a", response="I cannot say.", state="unscored")], judge)
    assert {axis.score for axis in judgement.axes.values()} == {0}


def test_rounds_and_judges_are_asked_apart_and_their_scores_kept_apart() -> None:
    def answer(call: JudgeCall) -> Outcome:
        return JudgeReply(f"Score: {call.round if call.judge == 'x' else 2}")

    judge = FakeJudge(answer)
    (judgement,) = judged([row("a")], judge, judges=("x", "y"), rounds=2, axes=("completeness",))
    axis = judgement.axes["completeness"]
    kept = [(one.judge, one.round, one.score) for one in axis.rounds]
    assert kept == [("x", 0, 0), ("x", 1, 1), ("y", 0, 2), ("y", 1, 2)]
    assert axis.by_judge == {"x": 0.5, "y": 2}
    assert axis.score == 1.25
    assert len({str(call.key()) for call in judge.calls}) == 4


def test_one_failed_judge_of_a_panel_leaves_the_axis_without_a_score_but_keeps_the_other_s() -> None:
    judge = FakeJudge(lambda call: JudgeFailure("credential", "401") if call.judge == "y" else JudgeReply("Score: 2"))
    (judgement,) = judged([row("a")], judge, judges=("x", "y"), axes=("completeness",))
    axis = judgement.axes["completeness"]
    assert (axis.score, axis.state, axis.by_judge) == (None, "error", {"x": 2, "y": None})


def test_one_is_no_score_for_the_quality_accuracy_of_a_comparison() -> None:
    judge = FakeJudge(lambda _: JudgeReply("Score: 1"))
    (judgement,) = judged([row("a", task="comparison")], judge, retries=0)
    assert judgement.axes["quality_accuracy"].state == "unreadable"
    assert judgement.axes["completeness"].score == 1


def test_what_ask_raises_ends_the_stage_and_its_other_calls() -> None:
    class BudgetReachedError(Exception):
        pass

    async def ask(call: JudgeCall) -> Outcome:
        started.append(call)
        number = len(started)
        await asyncio.sleep(0 if number == 5 else LATENCY_S)
        if number == 5:
            raise BudgetReachedError
        finished.append(call)
        return JudgeReply("Score: 2")

    started: list[JudgeCall] = []
    finished: list[JudgeCall] = []
    with pytest.raises(BudgetReachedError):
        run(judge_rows([row(str(number)) for number in range(50)], JudgePlan(judges=("j",)), ask, concurrency=8))
    assert (len(started), finished) == (8, [])


def test_each_verdict_is_reported_as_it_comes() -> None:
    seen: list[tuple[str, str, int | None]] = []
    run(
        judge_rows(
            [row("a")],
            JudgePlan(judges=("j",)),
            FakeJudge(two),
            on_verdict=lambda needed, verdict: seen.append((needed.row.id, needed.axis, verdict.score)),
        )
    )
    assert sorted(seen) == sorted(("a", axis, 2) for axis in AXES)


def test_no_rows_need_no_calls() -> None:
    assert judged([], FakeJudge(two)) == []


def test_the_key_names_everything_that_can_change_the_reply_and_not_the_row() -> None:
    plan = JudgePlan(judges=("j",), axes=("completeness",))
    (one,), (other,) = needed_verdicts([row("a")], plan), needed_verdicts([row("b")], plan)
    assert one.call(0, "paper").key() == other.call(0, "paper").key()
    assert one.call(0, "paper").key() != one.call(0, "released").key()
    assert one.call(0, "paper").key() != one.call(1, "paper").key()


def test_votes_of_one_item_are_judged_apart() -> None:
    rows = [AnswerRow("a", "reasoning", f"Answer {vote}.", "scored", "Sharp.", sample=vote) for vote in range(3)]
    judgements = judged(rows, FakeJudge(lambda call: JudgeReply(f"Score: {call.sample}")))
    assert [one.axes["completeness"].score for one in judgements] == [0, 1, 2]


@pytest.mark.parametrize(
    ("rows", "plan", "message"),
    [
        ([AnswerRow("a", "reasoning", "Noisy.", "scored", None)], {}, "no reference"),
        ([AnswerRow("a", "perception", "Noisy.", "scored", "x")], {}, "perception"),
        ([row("a"), row("a")], {}, "twice"),
        ([row("a")], {"axes": ("relevance",)}, "relevance"),
        ([row("a")], {"judges": ()}, "judges"),
        ([row("a")], {"judges": ("x", "x")}, "judges"),
        ([row("a")], {"rounds": 0}, "rounds"),
    ],
)
def test_rows_and_plans_that_cannot_be_judged_are_named_before_any_call(
    rows: list[AnswerRow], plan: dict[str, Any], message: str
) -> None:
    judge = FakeJudge(two)
    with pytest.raises(JudgeInputError, match=message):
        judged(rows, judge, **plan)
    assert judge.calls == []
