"""Reading answers to MedQ-Deg questions."""

import pytest

from medq_tasks.degradation import score
from medq_tasks.item import Item, Option

OPTIONS = tuple(Option(letter, text) for letter, text in zip("ABCDE", ("1", "2", "3", "4", "5"), strict=True))
ITEM = Item("1", "degradation", "How many?", (), OPTIONS, answer="E")


@pytest.mark.parametrize("response", ["E", "E\nConfidence: 85%", "Confidence: 3%\nE. 5", "The answer is E."])
def test_a_confidence_line_does_not_change_the_answer(response: str) -> None:
    outcome = score(ITEM, response, finish_reason="stop")
    assert (outcome.state, outcome.prediction, outcome.correct) == ("scored", "E", True)


def test_a_confidence_alone_is_no_answer_and_no_response_is_an_error() -> None:
    assert score(ITEM, "Confidence: 80%", finish_reason="stop").state == "unscored"
    assert score(ITEM, None).state == "error"
