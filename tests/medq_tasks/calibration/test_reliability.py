"""Bins of a reliability diagram."""

import numpy as np
import pytest
from sklearn.calibration import calibration_curve

from medq_tasks.calibration import reliability


def test_bins_agree_with_scikit_learn() -> None:
    rng = np.random.default_rng(5)
    confidence = rng.random(3000)
    correct = rng.random(3000) < confidence**2
    accuracy, mean = calibration_curve(correct, confidence, n_bins=10)
    found = reliability(confidence.tolist(), correct.tolist(), bins=10)
    assert [one.accuracy for one in found.bins] == pytest.approx(accuracy)
    assert [one.confidence for one in found.bins] == pytest.approx(mean)
    assert sum(one.n for one in found.bins) == found.n == 3000


def test_a_bin_without_an_answer_is_left_out_and_the_ends_are_inside() -> None:
    found = reliability([0.0, 1.0, 1.0], [1, 1, 0.5], bins=10)
    assert [(one.low, one.high, one.n) for one in found.bins] == [(0.0, 0.1, 1), (0.9, 1.0, 2)]
    assert [one.gap for one in found.bins] == [-1.0, 0.25]
    assert found.expected_calibration_error == pytest.approx((1 * 1 + 2 * 0.25) / 3)


def test_no_answer_has_no_error() -> None:
    assert reliability([], []).expected_calibration_error is None
