"""Expected calibration error."""

import numpy as np
import pytest

from medq_tasks.calibration import expected_calibration_error


def _by_the_definition(confidence: np.ndarray, correct: np.ndarray, bins: int) -> float:
    total = 0.0
    for low, high in zip(np.linspace(0, 1, bins + 1)[:-1], np.linspace(0, 1, bins + 1)[1:], strict=True):
        inside = (confidence > low) & (confidence <= high)
        if inside.any():
            total += inside.mean() * abs(correct[inside].mean() - confidence[inside].mean())
    return total


@pytest.mark.parametrize("bins", [10, 15])
def test_it_is_the_definition(bins: int) -> None:
    rng = np.random.default_rng(3)
    confidence = rng.random(2000)
    correct = rng.random(2000) < confidence**2
    expected = _by_the_definition(confidence, correct, bins)
    assert expected_calibration_error(confidence.tolist(), correct.tolist(), bins=bins) == pytest.approx(expected)


def test_a_calibrated_forecaster_has_almost_none() -> None:
    rng = np.random.default_rng(4)
    confidence = rng.random(100_000)
    correct = rng.random(100_000) < confidence
    assert expected_calibration_error(confidence.tolist(), correct.tolist()) < 0.01  # type: ignore[operator]


def test_the_ends_are_inside_and_no_answer_is_none() -> None:
    assert expected_calibration_error([0.0, 1.0], [True, False]) == 1.0
    assert expected_calibration_error([], []) is None
