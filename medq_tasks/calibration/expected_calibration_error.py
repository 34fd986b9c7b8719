"""How far stated probabilities are from the frequency of being right, bin by bin."""

from __future__ import annotations

from collections.abc import Sequence

BINS = 15


def expected_calibration_error(
    confidence: Sequence[float], correct: Sequence[bool], *, bins: int = BINS
) -> float | None:
    """ECE in [0, 1], lower is better: Σ_b n_b / n |mean correct − mean confidence| over equal bins of [0, 1].

    A bin is (low, high]; a confidence of 0 falls into the first. None without an answer. Source: C. Guo et al., On
    calibration of modern neural networks, ICML 2017.

    >>> round(expected_calibration_error([0.9, 0.9, 0.3], [True, False, False], bins=10), 4)
    0.3667
    """
    if not len(confidence):
        return None
    import numpy as np

    stated, right = np.asarray(confidence, float), np.asarray(correct, float)
    place = np.clip(np.ceil(stated * bins).astype(int) - 1, 0, bins - 1)
    gaps = np.bincount(place, weights=right - stated, minlength=bins)
    return float(np.abs(gaps).sum() / len(stated))
