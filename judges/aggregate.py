"""From verdicts to scores: one axis of a row over rounds and judges, a row's overall, and the means of a run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from judges.axes import AXES, MAX_SCORE
from judges.plan import JudgePlan
from judges.record import AnswerRow, AxisJudgement, RowJudgement, State, Verdict, counted_as
from judges.rules.judge import VERSION, judge_by_rules

_WORST_FIRST: tuple[State, ...] = ("error", "filtered", "refusal", "truncated", "unreadable")
NOT_JUDGED = AxisJudgement(score=None, state="not_judged", raw=None, rounds=(), by_judge={})


@dataclass(frozen=True, slots=True)
class Summary:
    """A mean with what it rests on.

    `lower` and `upper` are the mean with every axis that has no score counted as 0 and as the highest score.
    """

    value: float | None
    n: int
    n_unscored: int
    n_error: int
    lower: float | None
    upper: float | None


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


def overall(row: RowJudgement) -> float | None:
    """The sum of the four axis scores (0 to 8, higher is better); None unless all four axes are scored."""
    scores = [row.axes[axis].score for axis in AXES if axis in row.axes]
    known = [score for score in scores if score is not None]
    return sum(known) if len(known) == len(AXES) else None


def summaries(rows: Sequence[RowJudgement]) -> dict[str, Summary]:
    """The mean of every axis and, where all four were judged, `overall` over the rows with all four scores.

    The mean over those rows is not the sum of the four axis means, each of which rests on its own rows.
    """
    axes = [axis for axis in AXES if any(axis in row.axes for row in rows)]
    found = {axis: _axis_summary([row.axes[axis] for row in rows if axis in row.axes]) for axis in axes}
    if len(axes) == len(AXES):
        found["overall"] = _overall_summary(rows)
    return found


def _axis_summary(judgements: Sequence[AxisJudgement]) -> Summary:
    kinds = [counted_as(judgement.state) for judgement in judgements]
    scores = [judgement.score for judgement in judgements]
    return _summary(scores, kinds, [(0, MAX_SCORE) if score is None else (score, score) for score in scores])


def _overall_summary(rows: Sequence[RowJudgement]) -> Summary:
    kinds = []
    bounds = []
    for row in rows:
        states = {counted_as(row.axes[axis].state) for axis in AXES}
        kinds.append("error" if "error" in states else "unscored" if "unscored" in states else "scored")
        known = [row.axes[axis].score for axis in AXES]
        total = sum(score for score in known if score is not None)
        bounds.append((total, total + MAX_SCORE * known.count(None)))
    return _summary([overall(row) for row in rows], kinds, bounds)


def _summary(scores: Sequence[float | None], kinds: Sequence[str], bounds: Sequence[tuple[float, float]]) -> Summary:
    known = [score for score in scores if score is not None]
    return Summary(
        value=_mean(known),
        n=len(known),
        n_unscored=kinds.count("unscored"),
        n_error=kinds.count("error"),
        lower=_mean([low for low, _ in bounds]),
        upper=_mean([high for _, high in bounds]),
    )


def _complete_mean(values: Sequence[float | None]) -> float | None:
    """The mean when no value is missing."""
    return None if None in values else _mean(values)


def _mean(values: Iterable[float | None]) -> float | None:
    """The mean of the values that there are; None of none."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
