"""Thresholds and the scores that they give."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medq.models.iqa.thresholds import Threshold, digest, thresholds

RISING = Threshold(typical=1, mild=2, severe=4)
FALLING = Threshold(typical=0.9, mild=0.6, severe=0.3)


@pytest.mark.parametrize(("value", "score"), [(0, 0), (1, 0), (1.5, 0.5), (2, 1), (3, 1.5), (4, 2), (6, 3), (99, 3)])
def test_scores_run_linearly_from_border_to_border(value: float, score: float) -> None:
    assert RISING.score(value, 1) == pytest.approx(score, abs=1e-6)


@pytest.mark.parametrize(("value", "score"), [(1.0, 0), (0.6, 1), (0.45, 1.5), (0.3, 2), (0.0, 3)])
def test_a_falling_statistic_scores_the_other_way(value: float, score: float) -> None:
    assert FALLING.score(value, -1) == pytest.approx(score, abs=1e-6)


@given(st.floats(-10, 10), st.floats(-10, 10))
def test_more_never_scores_less(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert RISING.score(low, 1) <= RISING.score(high, 1)
    assert FALLING.score(low, -1) >= FALLING.score(high, -1)


def test_the_committed_thresholds_come_from_dev_and_are_in_order() -> None:
    fitted = thresholds()
    assert fitted.split == "dev"
    assert fitted.images >= 40
    for limits in fitted.attributes.values():
        for limit in limits.values():
            assert limit.typical <= limit.mild <= limit.severe or limit.typical >= limit.mild >= limit.severe


def test_the_version_of_the_baseline_is_stable() -> None:
    assert digest() == digest()
    assert len(digest()) == 12
