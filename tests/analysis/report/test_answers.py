"""How answers were read, as counts that add up."""

from __future__ import annotations

from analysis.report.answers import rule_histogram
from tests.analysis.fake_run import failed, sample, unscored


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
