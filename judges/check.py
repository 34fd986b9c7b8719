"""The free alarm beside a judge that is a language model: its agreement with the rules judge on quality accuracy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from judges.agreement import Kappa, weighted_kappa
from judges.record import RowJudgement

AXIS = "quality_accuracy"
ALARM_BELOW = 0.9


@dataclass(frozen=True, slots=True)
class JudgeCheck:
    """Agreement on the rows that both judges scored.

    `exact` is the share with the same score, in [0, 1]; `n_rules_only` and `n_judge_only` count the rows that only one
    of them could score. `alarm` is set when fewer than 90 % agree: the conclusion is stated in the answer, so a judge
    that reads it should rarely differ.
    """

    n: int
    exact: float | None
    kappa: Kappa
    n_rules_only: int
    n_judge_only: int
    alarm: bool


def judge_check(judged: Sequence[RowJudgement], by_rules: Sequence[RowJudgement], *, seed: int = 0) -> JudgeCheck:
    """The agreement of the judge's quality accuracy with the rules judge's, over the rows of both.

    A mean over rounds or judges that is no whole score counts as the nearest one, halves upwards.
    """
    rules = {(row.id, row.sample): _score(row) for row in by_rules}
    pairs = [(rules.get((row.id, row.sample)), _score(row)) for row in judged]
    both = [(one, other) for one, other in pairs if one is not None and other is not None]
    exact = sum(one == other for one, other in both) / len(both) if both else None
    return JudgeCheck(
        n=len(both),
        exact=exact,
        kappa=weighted_kappa([one for one, _ in both], [other for _, other in both], seed=seed),
        n_rules_only=sum(one is not None and other is None for one, other in pairs),
        n_judge_only=sum(one is None and other is not None for one, other in pairs),
        alarm=exact is not None and exact < ALARM_BELOW,
    )


def whole_score(score: float) -> int:
    """The nearest whole score, halves upwards.

    >>> [whole_score(score) for score in (0.5, 1.33, 1.5)]
    [1, 1, 2]
    """
    return int(score + 0.5)


def _score(row: RowJudgement) -> int | None:
    judgement = row.axes.get(AXIS)
    return None if judgement is None or judgement.score is None else whole_score(judgement.score)
