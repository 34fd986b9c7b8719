"""How answers were read, and how a judge scored, as counts that add up."""

from __future__ import annotations

from analysis.report.answers import rule_histogram
from analysis.report.judged import judge_spread
from medq.records import Verdict
from tests.analysis.fake_run import failed, reasoned, sample, unscored


def test_every_row_is_in_one_bar() -> None:
    rows = [sample(0), sample(1), unscored(2), unscored(3, rule="ambiguous"), failed(4, error="timeout: 60 s passed")]
    bars = rule_histogram(rows)
    assert sum(bar.rows for bar in bars) == len(rows)
    assert [(bar.state, bar.rule) for bar in bars] == [
        ("scored", "declared"),
        ("unscored", "ambiguous"),
        ("unscored", "refusal"),
        ("error", "timeout"),
    ]


def test_no_rows_give_no_bars() -> None:
    assert rule_histogram([]) == ()


def test_a_judge_that_could_not_score_is_a_state_and_not_a_zero() -> None:
    row = reasoned(0)
    assert row.judge is not None
    judge = dict.fromkeys(row.judge, Verdict(score=2.0, state="scored")) | {
        "preciseness": Verdict(score=None, state="refusal")
    }
    spread = {axis.name: axis for axis in judge_spread([row.model_copy(update={"judge": judge})])}
    assert spread["Preciseness"].states == (("refusal", 1),)
    assert spread["Preciseness"].scores == () and spread["Preciseness"].mean == "–"
    assert spread["Completeness"].mean == "2.000"
