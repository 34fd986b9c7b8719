"""The alarm beside a judge that is a language model."""

from __future__ import annotations

import pytest

from judges.check import judge_check
from judges.record import AxisJudgement, RowJudgement


def rows(*scores: float | None) -> list[RowJudgement]:
    return [
        RowJudgement(str(place), 0, "reasoning", {"quality_accuracy": AxisJudgement(
            score, "scored" if score is not None else "unreadable", None, (), {}
        )})
        for place, score in enumerate(scores)
    ]  # fmt: skip


def test_agreement_is_over_the_rows_that_both_scored() -> None:
    check = judge_check(rows(2, 1, 0, None, 2), rows(2, 1, 2, 0, None))
    assert (check.n, check.exact, check.n_rules_only, check.n_judge_only) == (3, pytest.approx(2 / 3), 1, 1)


def test_a_judge_that_misreads_conclusions_raises_the_alarm() -> None:
    assert judge_check(rows(*[2] * 8, 0, 0), rows(*[2] * 10)).alarm
    assert not judge_check(rows(*[2] * 19, 0), rows(*[2] * 20)).alarm


def test_a_mean_over_rounds_counts_as_the_nearest_score() -> None:
    assert judge_check(rows(1.67, 0.5), rows(2, 1)).exact == 1


def test_nothing_in_common_is_reported_as_nothing() -> None:
    check = judge_check(rows(None), rows(2))
    assert (check.n, check.exact, check.kappa.value, check.alarm) == (0, None, None, False)
