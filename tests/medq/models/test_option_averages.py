"""Averages over turns, worked out by hand."""

from __future__ import annotations

import math
from typing import Any

import pytest

from medq.models.interface import Answer, Failure, Request
from medq.models.option_averages import NO_LETTER, averaged, shares
from medq.models.option_turns import Turn, turns
from medq_tasks.item import Item, Option
from medq_tasks.perception import render, score

ITEM = Item(
    "q1", "perception", "Which?", (), options=(Option("A", "x"), Option("B", "y"), Option("C", "z")), answer="C"
)


def asked(permutations: Any = "cyclic") -> list[Turn]:
    return turns(Request(ITEM, render(ITEM), ()), render, permutations)


def said(bound: float | None = None, **probabilities: float) -> Answer:
    known = {letter: math.log(value) for letter, value in probabilities.items()}
    notes = {"option_logprobs": known, "option_logprob_bound": bound, "request_id": "r"}
    return Answer("A", "length", "m", 1.0, 10, 1, 0.5, 2, notes)


def test_shares_are_mapped_back_to_the_options_and_averaged() -> None:
    # Shown ABC, BCA, CAB; the letters have 0.8, 0.5 and 1.0 of it all.
    outcomes = [said(A=0.4, B=0.2, C=0.2), said(A=0.1, B=0.3, C=0.1), said(A=0.6, B=0.3, C=0.1)]
    answer = averaged(asked(), outcomes)
    assert isinstance(answer, Answer)
    expected = {"A": (0.5 + 0.2 + 0.3) / 3, "B": (0.25 + 0.2 + 0.1) / 3, "C": (0.25 + 0.6 + 0.6) / 3}
    assert answer.notes["option_probabilities"] == pytest.approx(expected)
    assert answer.text == "C"
    assert answer.notes["letter_mass"] == pytest.approx((0.8 + 0.5 + 1.0) / 3)
    assert [turn["order"] for turn in answer.notes["turns"]] == ["ABC", "BCA", "CAB"]
    assert answer.notes["turns"][1]["probabilities"] == pytest.approx({"B": 0.2, "C": 0.6, "A": 0.2})
    assert score(ITEM, answer.text, finish_reason=answer.finish_reason).correct is True


def test_costs_tokens_and_attempts_are_those_of_all_turns() -> None:
    answer = averaged(asked(), [said(A=0.5, B=0.3, C=0.2)] * 3)
    assert isinstance(answer, Answer)
    assert (answer.tokens_in, answer.tokens_out, answer.cost_usd, answer.attempts) == (30, 3, 1.5, 6)
    assert (answer.returned_model, answer.notes["request_id"]) == ("m", "r")
    assert "option_logprobs" not in answer.notes


def test_an_unknown_count_is_not_taken_for_nought() -> None:
    other = Answer("A", notes={"option_logprobs": {"A": -1.0}})
    answer = averaged(asked(), [said(A=0.5), other, other])
    assert isinstance(answer, Answer)
    assert (answer.tokens_in, answer.cost_usd) == (None, None)


def test_equal_probabilities_give_the_first_letter() -> None:
    answer = averaged(asked("none"), [said(A=0.2, B=0.4, C=0.4)])
    assert isinstance(answer, Answer)
    assert answer.text == "B"


def test_one_failed_turn_is_a_failure_of_the_question() -> None:
    failure = Failure("server", "overloaded", status=503, attempts=4, cost_usd=None)
    outcome = averaged(asked(), [said(A=0.9, B=0.05, C=0.05), failure, said(A=0.9, B=0.05, C=0.05)])
    assert isinstance(outcome, Failure)
    assert (outcome.kind, outcome.status, outcome.attempts, outcome.cost_usd) == ("server", 503, 8, 1.0)
    assert outcome.message == "turn 2 of 3: overloaded"


def test_a_turn_without_any_letter_leaves_the_question_unanswered_and_says_what_was_written() -> None:
    outcome = averaged(asked(), [said(A=0.9), Answer("The", "length", notes={"option_logprobs": {}}), said(B=0.9)])
    assert isinstance(outcome, Answer)
    assert (outcome.text, outcome.finish_reason) == ("", NO_LETTER)
    assert [turn.get("said") for turn in outcome.notes["turns"]] == [None, "The", None]
    read = score(ITEM, outcome.text, finish_reason=outcome.finish_reason)
    assert (read.state, read.rule) == ("unscored", "no_answer")


def test_a_model_that_declines_is_read_as_declining() -> None:
    declined = Answer("", "content_filter", notes={"option_logprobs": {}})
    outcome = averaged(asked(), [said(A=0.9), declined, said(A=0.9)])
    assert isinstance(outcome, Answer)
    read = score(ITEM, outcome.text, finish_reason=outcome.finish_reason)
    assert (read.state, read.rule) == ("unscored", "refusal")


def test_letters_that_are_not_listed_count_at_their_bound_and_are_named() -> None:
    answer = averaged(asked("none"), [said(math.log(0.01), B=0.6)])
    assert isinstance(answer, Answer)
    assert answer.notes["option_probabilities"] == pytest.approx({"A": 0.01 / 0.62, "B": 0.6 / 0.62, "C": 0.01 / 0.62})
    assert answer.notes["turns"][0]["bounded"] == "AC"
    assert answer.notes["letter_mass"] == pytest.approx(0.6)


def test_what_the_listed_letters_leave_bounds_the_others_as_well() -> None:
    found = shares({"A": math.log(0.98)}, ("A", "B", "C"), math.log(0.5))
    assert found == pytest.approx({"A": 0.98, "B": 0.01, "C": 0.01})
    assert shares({}, ("A", "B"), -1.0) == {}
