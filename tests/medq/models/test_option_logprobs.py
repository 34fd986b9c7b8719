"""Option letters among the alternatives of the first token."""

from __future__ import annotations

import math
from typing import Any

import pytest

from medq.models.option_logprobs import option_logprobs


def first(token: str, logprob: float, **top: float) -> list[dict[str, Any]]:
    return [{"token": token, "logprob": logprob, "top": top}]


def test_spellings_with_white_space_are_added_up_and_other_words_are_not() -> None:
    top = {"A": math.log(0.4), " A": math.log(0.1), "\u2581A": math.log(0.1), "(A": math.log(0.2), "a": math.log(0.1)}
    found = option_logprobs(first("A", math.log(0.4), **top), ("A", "B"))
    assert found is not None
    assert set(found.known) == {"A"}
    assert math.exp(found.known["A"]) == pytest.approx(0.6)
    assert found.bound == pytest.approx(math.log(0.1))


def test_the_chosen_token_counts_once_whether_listed_or_not() -> None:
    for top in ({"B": math.log(0.7)}, {}):
        found = option_logprobs(first("B", math.log(0.7), **top), ("A", "B"))
        assert found is not None
        assert found.known == {"B": math.log(0.7)}


def test_later_tokens_do_not_count() -> None:
    logprobs = first("**", -0.1, The=-3.0) + first("A", -0.1, A=-0.1)
    found = option_logprobs(logprobs, ("A", "B"))
    assert found is not None
    assert found.known == {}
    assert found.bound == -3.0


@pytest.mark.parametrize("logprobs", [None, [], [{"token": "A", "logprob": None, "top": {}}]])
def test_nothing_reported_is_none(logprobs: list[dict[str, Any]] | None) -> None:
    assert option_logprobs(logprobs, ("A", "B")) is None


def test_probabilities_of_nought_are_not_listed() -> None:
    found = option_logprobs(first("A", -0.5, B=-math.inf), ("A", "B"))
    assert found is not None
    assert (found.known, found.bound) == ({"A": -0.5}, -0.5)
