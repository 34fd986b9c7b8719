"""Outcomes of single responses."""

import pytest

from medq_tasks.item import Item, Option
from medq_tasks.scoring import score_choice

ITEM = Item("i", "perception", "Noise?", (), (Option("A", "Yes"), Option("B", "No")), answer="B")


def test_right_letter_is_correct() -> None:
    outcome = score_choice(ITEM, "The answer is B.")
    assert (outcome.state, outcome.prediction, outcome.correct, outcome.rule) == ("scored", "B", True, "declared")


def test_wrong_letter_is_scored_as_wrong() -> None:
    assert score_choice(ITEM, "A").correct is False


def test_refusal_is_unscored() -> None:
    outcome = score_choice(ITEM, "I'm sorry, I can't assist with that.")
    assert (outcome.state, outcome.correct, outcome.rule) == ("unscored", None, "refusal")


@pytest.mark.parametrize(
    "response", [None, "", "  \n", "Failed to obtain answer via API.", "[LMMS_EVAL_REQUEST_FAILED] A"]
)
def test_missing_response_is_an_error(response: str | None) -> None:
    assert score_choice(ITEM, response).state == "error"


def test_empty_text_that_a_model_returned_is_unscored() -> None:
    assert score_choice(ITEM, "", finish_reason="stop").state == "unscored"
    assert score_choice(ITEM, "", finish_reason="length").rule == "truncated"
