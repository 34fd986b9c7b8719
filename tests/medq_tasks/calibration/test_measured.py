"""One voted question."""

from collections.abc import Callable

import pytest

from medq_tasks.calibration import Measured, Vote, VotedItem, VoteRules, measured

Voted = Callable[..., Measured]


def test_shift_is_confidence_minus_accuracy(voted: Voted) -> None:
    item = voted("AAAB")
    assert (item.accuracy, item.shift) == (0.75, pytest.approx(item.confidence - 0.75))


def test_a_failed_call_leaves_accuracy_and_takes_confidence(voted: Voted) -> None:
    item = voted("AAB!")
    assert item.accuracy == pytest.approx(2 / 3)
    assert (item.confidence, item.confidence_state, item.shift) == (None, "error", None)
    assert (item.worst, item.best) == (0.5, 0.75)


def test_all_failed_is_an_error_and_all_unreadable_is_wrong(voted: Voted) -> None:
    assert (voted("!!").state, voted("!!").accuracy) == ("error", None)
    assert (voted("??").state, voted("??").accuracy, voted("??").shift) == ("unscored", 0.0, 0.0)


def test_a_stated_confidence_takes_the_place_of_the_entropy() -> None:
    votes = (Vote("scored", "A", 0.9), Vote("scored", "B", 0.5), Vote("scored", "A"))
    item = measured(VotedItem(("A", "B"), "A", votes, "q", "q"), VoteRules(confidence="verbal"))
    assert item.confidence == pytest.approx(0.7)
    bare = measured(VotedItem(("A", "B"), "A", votes[2:], "q", "q"), VoteRules(confidence="verbal"))
    assert bare.confidence_state == "unscored"
