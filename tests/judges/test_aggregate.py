"""Means that say what they rest on."""

from __future__ import annotations

import json

import pytest

from judges.aggregate import judge_rows_by_rules, judgement_of_axis, overall, summaries
from judges.axes import AXES
from judges.plan import JudgePlan
from judges.record import AnswerRow, AxisJudgement, RowJudgement, State, Verdict, counted_as

PLAN = JudgePlan(judges=("j",))


def axis(score: int | None, state: State = "scored") -> AxisJudgement:
    return judgement_of_axis([Verdict("j", 0, score, state, "test", raw="text")], PLAN)


def judged(name: str, *axes: AxisJudgement) -> RowJudgement:
    return RowJudgement(name, 0, "reasoning", dict(zip(AXES, axes, strict=True)))


ROWS = [
    judged("all scored", axis(2), axis(1), axis(2), axis(0)),
    judged("one unreadable", axis(1), axis(None, "unreadable"), axis(2), axis(2)),
    judged("one failed", axis(0), axis(1), axis(None, "error"), axis(2)),
]


def test_each_axis_has_its_own_n() -> None:
    found = summaries(ROWS)
    assert (found["completeness"].value, found["completeness"].n) == (1, 3)
    assert (found["preciseness"].value, found["preciseness"].n, found["preciseness"].n_unscored) == (1, 2, 1)
    assert (found["consistency"].value, found["consistency"].n, found["consistency"].n_error) == (2, 2, 1)


def test_the_bounds_count_what_is_missing_as_worst_and_as_best() -> None:
    found = summaries(ROWS)["preciseness"]
    assert (found.lower, found.upper) == (pytest.approx(2 / 3), pytest.approx(4 / 3))


def test_overall_is_over_rows_with_all_four_axes() -> None:
    found = summaries(ROWS)["overall"]
    assert [overall(row) for row in ROWS] == [5, None, None]
    assert (found.value, found.n, found.n_unscored, found.n_error) == (5, 1, 1, 1)
    assert (found.lower, found.upper) == (pytest.approx(13 / 3), pytest.approx(17 / 3))


def test_no_overall_is_reported_when_an_axis_was_not_judged() -> None:
    row = RowJudgement("a", 0, "reasoning", {"completeness": axis(2)})
    assert set(summaries([row])) == {"completeness"}


def test_nothing_judged_gives_no_mean_and_not_zero() -> None:
    found = summaries([judged("failed", *[axis(None, "error")] * 4)])
    assert {one.value for one in found.values()} == {None}
    assert found["overall"].n_error == 1


def test_the_worst_verdict_names_the_state_of_an_axis() -> None:
    outcomes: list[tuple[int | None, State]] = [(2, "scored"), (None, "unreadable"), (None, "error")]
    verdicts = [Verdict("j", round_, score, state, "") for round_, (score, state) in enumerate(outcomes)]
    assert judgement_of_axis(verdicts, JudgePlan(judges=("j",), rounds=3)).state == "error"


def test_a_judgement_can_be_written_as_json() -> None:
    written = json.loads(json.dumps(ROWS[1].as_dict()))
    assert written["preciseness"] == {
        "score": None,
        "state": "unreadable",
        "raw": "text",
        "rounds": [
            {
                "judge": "j",
                "round": 0,
                "score": None,
                "state": "unreadable",
                "rule": "test",
                "raw": "text",
                "attempts": 0,
                "returned_model": None,
                "tokens_in": None,
                "tokens_out": None,
                "cost_usd": None,
            }
        ],
        "by_judge": {"j": None},
    }


@pytest.mark.parametrize(
    ("state", "kind"),
    [("scored", "scored"), ("unreadable", "unscored"), ("refusal", "unscored"), ("filtered", "unscored"),
     ("truncated", "unscored"), ("no_conclusion", "unscored"), ("error", "error"), ("not_judged", "error")],
)  # fmt: skip
def test_every_state_is_counted_once(state: str, kind: str) -> None:
    assert counted_as(state) == kind


def test_the_rules_judge_gives_the_same_form_and_skips_failed_answers() -> None:
    text = "Severe noise. Overall, the quality of this image is reject."
    rows = [
        AnswerRow("a", "reasoning", text, "scored", text, modality="ct"),
        AnswerRow("b", "reasoning", None, "error", text),
        AnswerRow("c", "reasoning", "Severe noise.", "scored", text),
    ]
    judgements = judge_rows_by_rules(rows)
    assert [overall(row) for row in judgements] == [8, None, None]
    assert judgements[1].axes["completeness"].state == "not_judged"
    found = summaries(judgements)["quality_accuracy"]
    assert (found.value, found.n, found.n_unscored, found.n_error) == (2, 1, 1, 1)
