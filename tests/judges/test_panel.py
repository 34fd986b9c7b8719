"""Agreement within a panel."""

from __future__ import annotations

import pytest

from judges.panel import panel_agreement
from judges.record import AxisJudgement, RowJudgement


def rows(**scores: list[float | None]) -> list[RowJudgement]:
    items = zip(*scores.values(), strict=True)
    return [
        RowJudgement(str(n), 0, "reasoning", {"completeness": AxisJudgement(
            None, "scored", None, (), dict(zip(scores, item, strict=True))
        )})
        for n, item in enumerate(items)
    ]  # fmt: skip


def test_every_pair_of_judges_is_compared_on_the_rows_that_both_scored() -> None:
    found = panel_agreement(rows(x=[0, 1, 2, 2], y=[0, 1, 2, None], z=[2, 1, 0, 0]), "completeness")
    assert set(found.pairs) == {("x", "y"), ("x", "z"), ("y", "z")}
    assert (found.pairs["x", "y"].value, found.pairs["x", "y"].n) == (1, 3)
    assert found.pairs["y", "z"].value == pytest.approx(-1)
    assert found.alpha is not None and found.alpha < 0.5


def test_a_single_judge_has_nobody_to_agree_with() -> None:
    found = panel_agreement(rows(x=[0, 1]), "completeness")
    assert (found.pairs, found.alpha) == ({}, None)
