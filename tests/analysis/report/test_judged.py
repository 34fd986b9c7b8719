"""What the judge said, its silences included."""

from __future__ import annotations

from analysis.report.judged import judge_spread
from medq.records import Verdict
from tests.analysis.fake_run import reasoned, sample


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


def test_a_run_without_a_judge_has_no_spread() -> None:
    assert judge_spread([sample(0)]) == ()


def test_two_judged_tasks_are_kept_apart() -> None:
    names = [axis.name for axis in judge_spread([reasoned(0), reasoned(1, task="comparison")])]
    assert names[0] == "Reasoning: Completeness" and names[4] == "Comparison: Completeness"
