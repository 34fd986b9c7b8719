"""What is said beside judged means."""

from __future__ import annotations

from typing import Any

import pytest

from medq.records import Results
from medq.shown.judge import judge_lines


def results(**beside: Any) -> Results:
    plain: dict[str, Any] = {"task": "reasoning", "model": "m", "metrics": {}, "breakdowns": {}, "complete": True}
    return Results.model_validate({**plain, "integrity": {"images": 0, "bit_identical": 0}, **beside})


@pytest.mark.parametrize(("alarm", "ending"), [(False, "20 conclusions"), (True, "before the scores")])
def test_the_check_by_rules_is_told_and_a_low_one_is_an_alarm(alarm: bool, ending: str) -> None:
    (line,) = judge_lines(results(judge_check={"exact": 0.85, "n": 20, "alarm": alarm}))
    assert "85.0 %" in line
    assert line.endswith(ending)


def test_the_bias_for_a_position_is_told() -> None:
    (line,) = judge_lines(results(position_bias={"inconsistent": 0.125, "n": 8}))
    assert "12.5 % of 8 pairs" in line


def test_nothing_is_said_without_a_check() -> None:
    assert list(judge_lines(results())) == []
    assert list(judge_lines(results(judge_check={"exact": None, "n": 0, "alarm": False}))) == []
