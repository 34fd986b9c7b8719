"""Verdicts over rounds and judges become one judgement an axis."""

from __future__ import annotations

import json

import pytest

from judges.aggregate import judge_rows_by_rules, judgement_of_axis
from judges.axes import AXES
from judges.plan import JudgePlan
from judges.record import AnswerRow, AxisJudgement, RowJudgement, State, Verdict, counted_as

PLAN = JudgePlan(judges=("j",))


def axis(score: int | None, state: State = "scored") -> AxisJudgement:
    return judgement_of_axis([Verdict("j", 0, score, state, "test", raw="text")], PLAN)


def test_the_worst_verdict_names_the_state_of_an_axis() -> None:
    outcomes: list[tuple[int | None, State]] = [(2, "scored"), (None, "unreadable"), (None, "error")]
    verdicts = [Verdict("j", round_, score, state, "") for round_, (score, state) in enumerate(outcomes)]
    assert judgement_of_axis(verdicts, JudgePlan(judges=("j",), rounds=3)).state == "error"


def test_a_judgement_can_be_written_as_json() -> None:
    axes = (axis(1), axis(None, "unreadable"), axis(2), axis(2))
    row = RowJudgement("one unreadable", 0, "reasoning", dict(zip(AXES, axes, strict=True)))
    written = json.loads(json.dumps(row.as_dict()))
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
    scores = [[axis.score for axis in row.axes.values()] for row in judgements]
    assert scores[0] == [2, 2, 2, 2]
    assert judgements[1].axes["completeness"].state == "not_judged"
    kinds = [counted_as(row.axes["quality_accuracy"].state) for row in judgements]
    assert kinds == ["scored", "error", "unscored"]
