"""How far stated probabilities are from the frequency of being right, bin by bin."""

from __future__ import annotations

from collections.abc import Sequence

from medq_tasks.calibration.reliability import BINS, reliability


def expected_calibration_error(
    confidence: Sequence[float], correct: Sequence[float], *, bins: int = BINS
) -> float | None:
    """The mean gap of `reliability`, ECE in [0, 1], lower is better; None without an answer.

    >>> round(expected_calibration_error([0.9, 0.9, 0.3], [True, False, False], bins=10), 4)
    0.3667
    """
    return reliability(confidence, correct, bins=bins).expected_calibration_error
