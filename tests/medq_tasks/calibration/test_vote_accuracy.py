"""Accuracy of one question over its votes."""

import pytest

from medq_tasks.calibration import vote_accuracy
from medq_tasks.calibration.vote_accuracy import majority_right


def test_the_mean_counts_an_unreadable_vote_as_wrong() -> None:
    assert vote_accuracy(["A", "A", None, "B"], "A") == 0.5


def test_the_majority_is_over_the_votes_that_were_read() -> None:
    assert vote_accuracy(["A", "A", "B", None, None, None], "A", aggregate="majority") == 1.0
    assert vote_accuracy(["A", "B", "B"], "A", aggregate="majority") == 0.0


def test_a_tie_is_split_and_is_not_right_for_mcnemar() -> None:
    assert vote_accuracy("ABC", "A", aggregate="majority") == pytest.approx(1 / 3)
    assert not majority_right("ABC", "A")
    assert majority_right("AAB", "A")


def test_without_a_readable_vote_the_majority_is_wrong_and_without_any_there_is_none() -> None:
    assert vote_accuracy([None, None], "A", aggregate="majority") == 0.0
    assert vote_accuracy([], "A") is None
