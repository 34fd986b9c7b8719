"""From verdicts to scores: each axis of a row over rounds and judges. Means over rows are the application's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from judges.axes import AXES
from judges.plan import JudgePlan
from judges.record import AnswerRow, AxisJudgement, RowJudgement, State, Verdict
from judges.rules.judge import VERSION, judge_by_rules

_WORST_FIRST: tuple[State, ...] = ("error", "filtered", "refusal", "truncated", "unreadable")
NOT_JUDGED = AxisJudgement(score=None, state="not_judged", raw=None, rounds=(), by_judge={})


def judgement_of_row(row: AnswerRow, plan: JudgePlan, verdicts: Sequence[tuple[str, Verdict]]) -> RowJudgement:
    """The judgements of one row by axis; an answer that was not sent to the judge is "not_judged" on each."""
    if not row.can_be_judged():
        return RowJudgement(row.id, row.sample, row.task, dict.fromkeys(plan.axes, NOT_JUDGED))
    axes = {
        axis: judgement_of_axis([verdict for name, verdict in verdicts if name == axis], plan) for axis in plan.axes
    }
    return RowJudgement(row.id, row.sample, row.task, axes)


def judgement_of_axis(verdicts: Sequence[Verdict], plan: JudgePlan) -> AxisJudgement:
    """One axis of one row over rounds and judges.

    The axis is scored when every planned verdict is: the mean over the judges of each judge's mean over its rounds. A
    mean over those verdicts that happened to succeed would change its meaning from row to row, so otherwise the axis
    carries the worst state among its verdicts. A judge whose own verdicts are all scored keeps its mean in `by_judge`.
    """
    by_judge = {judge: _complete_mean([one.score for one in verdicts if one.judge == judge]) for judge in plan.judges}
    state: State = next((state for state in _WORST_FIRST if any(one.state == state for one in verdicts)), "scored")
    telling = next(one for one in verdicts if one.state == state)
    score = _complete_mean(list(by_judge.values()))
    return AxisJudgement(score, state, telling.raw, tuple(verdicts), by_judge)


def judge_rows_by_rules(rows: Sequence[AnswerRow]) -> list[RowJudgement]:
    """The rules judge's judgements in the same form, without any call."""
    judged = []
    for row in rows:
        if not row.can_be_judged():
            judged.append(RowJudgement(row.id, row.sample, row.task, dict.fromkeys(AXES, NOT_JUDGED)))
            continue
        read = judge_by_rules(
            row.task, response=row.response or "", reference=row.reference or "", modality=row.modality
        )
        axes = {
            axis: AxisJudgement(
                score=verdict.score,
                state=verdict.state,
                raw=verdict.detail,
                rounds=(Verdict(VERSION, 0, verdict.score, verdict.state, "rules", verdict.detail),),
                by_judge={VERSION: verdict.score},
            )
            for axis, verdict in read.items()
        }
        judged.append(RowJudgement(row.id, row.sample, row.task, axes))
    return judged


def _complete_mean(values: Sequence[float | None]) -> float | None:
    """The mean when no value is missing."""
    return None if None in values else _mean(values)


def _mean(values: Iterable[float | None]) -> float | None:
    """The mean of the values that there are; None of none."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
