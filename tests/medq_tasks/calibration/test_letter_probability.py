"""Probabilities of option letters."""

import math

import pytest

from medq_tasks.calibration import letter_probability


def test_spellings_of_the_letter_are_added_up() -> None:
    top = {" B": math.log(0.2), "A": math.log(0.1)}
    assert letter_probability([{"token": "B", "logprob": math.log(0.6), "top": top}], "B") == pytest.approx(0.8)


def test_the_last_token_that_is_the_letter_counts() -> None:
    tokens = [
        {"token": "A", "logprob": math.log(0.3), "top": {}},
        {"token": " is wrong, so", "logprob": -0.1, "top": {}},
        {"token": " A", "logprob": math.log(0.9), "top": {}},
    ]
    assert letter_probability(tokens, "A") == pytest.approx(0.9)


def test_a_letter_inside_a_word_is_none() -> None:
    assert letter_probability([{"token": "Blur", "logprob": -0.1, "top": {"B": -3.0}}], "B") is None
    assert letter_probability([], "B") is None
    assert letter_probability([{"token": "B", "logprob": None}], "B") is None
