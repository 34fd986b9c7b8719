"""Means over questions."""

from collections.abc import Callable

import numpy as np
import pytest

from medq_tasks.calibration import (
    Measured,
    Vote,
    VotedItem,
    VoteRules,
    accuracy_mean,
    confidence_mean,
    measured,
    shift_mean,
)

Voted = Callable[..., Measured]


def test_four_questions_by_hand(voted: Voted) -> None:
    items = [voted("AAAA", source="1"), voted("BBBB", source="2"), voted("ABCD", source="3"), voted("AA!!", source="4")]
    accuracy, confidence, shift = accuracy_mean(items), confidence_mean(items), shift_mean(items)
    assert (accuracy.value, accuracy.n, accuracy.n_error) == (pytest.approx(2.25 / 4), 4, 0)
    assert (accuracy.lower, accuracy.upper) == (pytest.approx(1.75 / 4), pytest.approx(2.25 / 4))
    assert (confidence.value, confidence.n, confidence.n_error) == (pytest.approx(2 / 3), 3, 1)
    assert (confidence.lower, confidence.upper) == (pytest.approx(0.5), pytest.approx(0.75))
    assert shift.value == pytest.approx(2 / 3 - 1.25 / 3)  # over the three that have a confidence


def test_no_question_is_no_value() -> None:
    for mean in (accuracy_mean([]), confidence_mean([]), shift_mean([])):
        assert (mean.value, mean.n, mean.ci95) == (None, 0, None)


@pytest.mark.parametrize("hit", [0.3, 0.6, 0.9])
def test_simulated_voters_of_known_calibration_are_measured_right(hit: float) -> None:
    rng, rest = np.random.default_rng(7), (1 - hit) / 3
    shares = [hit, rest, rest, rest]
    known = 1 + sum(share * np.log(share) for share in shares) / np.log(4) - hit
    items = []
    for n in range(300):
        letters = rng.choice(list("ABCD"), p=shares, size=200)
        votes = tuple(Vote("scored", str(letter)) for letter in letters)
        items.append(measured(VotedItem(tuple("ABCD"), "A", votes, str(n), str(n)), VoteRules()))
    shift = shift_mean(items)
    assert shift.value == pytest.approx(known, abs=0.01)
    assert shift.ci95 is not None
    assert shift.ci95[0] < shift.value < shift.ci95[1]  # type: ignore[operator]
