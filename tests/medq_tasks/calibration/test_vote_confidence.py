"""Vote-entropy confidence."""

import math

import numpy as np
import pytest

from medq_tasks.calibration import vote_confidence


def test_equal_votes_are_full_confidence() -> None:
    assert vote_confidence("CCCCCCCCCC", options=5) == 1.0


def test_votes_evenly_over_all_options_are_no_confidence() -> None:
    assert vote_confidence("ABCD", options=4) == pytest.approx(0.0, abs=1e-12)


def test_seven_two_one_of_ten_by_hand() -> None:
    # H = −(0.7 ln 0.7 + 0.2 ln 0.2 + 0.1 ln 0.1) = 0.24967 + 0.32189 + 0.23026 = 0.80182; ln 4 = 1.38629
    assert vote_confidence("AAAAAAABBC", options=4) == pytest.approx(1 - 0.8018186 / 1.3862944, abs=1e-6)


def test_more_options_make_the_same_votes_more_confident() -> None:
    assert vote_confidence("AB", options=5) > vote_confidence("AB", options=3)  # type: ignore[operator]


def test_one_vote_has_no_spread_and_so_no_confidence() -> None:
    assert vote_confidence("A", options=4) is None


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        # three A, one unreadable, two options: A 3.5/4, B 0.5/4
        ("spread", 1 - -(0.875 * math.log(0.875) + 0.125 * math.log(0.125)) / math.log(2)),
        # A 3/4, unreadable 1/4, of three outcomes
        ("option", 1 - -(0.75 * math.log(0.75) + 0.25 * math.log(0.25)) / math.log(3)),
        ("drop", 1.0),
    ],
)
def test_unreadable_votes_follow_the_rule(rule: str, expected: float) -> None:
    found = vote_confidence(["A", "A", "A", None], options=2, unreadable=rule)  # type: ignore[arg-type]
    assert found == pytest.approx(expected)


def test_a_model_that_only_refuses_has_no_confidence_by_default_and_none_at_all_when_dropped() -> None:
    refused = [None] * 10
    assert vote_confidence(refused, options=4) == pytest.approx(0.0, abs=1e-12)
    assert vote_confidence(refused, options=4, unreadable="drop") is None
    assert vote_confidence(refused, options=4, unreadable="option") == 1.0


@pytest.mark.parametrize("rule", ["spread", "option", "drop"])
def test_the_rules_agree_where_every_vote_is_read(rule: str) -> None:
    assert vote_confidence("AABC", options=4, unreadable=rule) == vote_confidence("AABC", options=4)  # type: ignore[arg-type]


def test_a_single_option_has_no_confidence_unless_declared_certain() -> None:
    assert vote_confidence("AAA", options=1) is None
    assert vote_confidence("AAA", options=1, single_option="certain") == 1.0


def test_a_simulated_voter_of_known_entropy_is_measured_right() -> None:
    shares = np.array([0.6, 0.25, 0.1, 0.05])
    known = 1 + float((shares * np.log(shares)).sum()) / math.log(4)
    letters = np.random.default_rng(0).choice(list("ABCD"), p=shares, size=(200, 500))
    found = [vote_confidence(list(votes), options=4) for votes in letters]
    assert np.mean(np.array(found, float)) == pytest.approx(known, abs=0.005)


def test_few_votes_look_more_confident_by_the_known_bias() -> None:
    shares, votes = np.array([0.6, 0.25, 0.1, 0.05]), 10
    known = 1 + float((shares * np.log(shares)).sum()) / math.log(4)
    letters = np.random.default_rng(1).choice(list("ABCD"), p=shares, size=(4000, votes))
    found = np.mean([float(vote_confidence(list(row), options=4) or 0) for row in letters])
    assert found - known == pytest.approx(3 / (2 * votes) / math.log(4), abs=0.03)
