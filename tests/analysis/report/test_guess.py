"""Guessing at random is worth what the options make it worth."""

from __future__ import annotations

from analysis.report.guess import random_guess
from tests.analysis.fake_run import failed, reasoned, sample


def test_the_random_guess_follows_the_options() -> None:
    assert random_guess([sample(0), sample(1), sample(2)]) == (1 / 2 + 1 / 4 + 1 / 3) / 3
    assert random_guess([reasoned(0)]) is None


def test_a_failed_row_could_have_been_guessed_too() -> None:
    assert random_guess([sample(0), failed(3)]) == 0.5
