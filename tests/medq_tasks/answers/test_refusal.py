"""Refusals against sentences that only look like one."""

import pytest

from medq_tasks.answers.refusal import declined, undecided


@pytest.mark.parametrize(
    "text",
    [
        "I cannot see any artifact.",
        "I am unable to see any blur.",
        "The vessels cannot be told apart.",
        "As an AI, I see moderate noise.",
        "The image is not appropriate for grading fine detail.",
        "Noise can't be ruled out.",
    ],
)
def test_descriptions_are_no_refusals(text: str) -> None:
    assert declined(text) is None


def test_span_covers_the_words_of_the_refusal() -> None:
    text = "Well, I can't provide a medical opinion."
    span = declined(text)
    assert span is not None
    assert text[slice(*span)] == "I can't provide"


def test_undecided_questions_are_found() -> None:
    assert undecided("It cannot be determined from one image.") is not None
    assert undecided("It can be determined.") is None
