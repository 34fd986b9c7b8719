"""How often answers of a given confidence are right: the bins of a reliability diagram and their mean gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BINS = 15


@dataclass(frozen=True, slots=True)
class Bin:
    """The answers whose confidence lies in (`low`, `high`]: how many, their mean confidence and their accuracy."""

    low: float
    high: float
    n: int
    confidence: float
    accuracy: float

    @property
    def gap(self) -> float:
        """Confidence minus accuracy, in [−1, 1]; > 0 is over-confident."""
        return self.confidence - self.accuracy


@dataclass(frozen=True, slots=True)
class Reliability:
    """The bins that hold an answer, lowest first, the number of answers, and ECE in [0, 1] (None without an answer)."""

    bins: tuple[Bin, ...]
    n: int
    expected_calibration_error: float | None


def reliability(confidence: Sequence[float], correct: Sequence[float], *, bins: int = BINS) -> Reliability:
    """Answers in equal bins of [0, 1] by their confidence; `correct` is 0 or 1, or a share of right votes.

    A confidence of 0 falls into the first bin. ECE is Σ_b n_b / n |mean correct − mean confidence|; lower is better.
    Source: C. Guo et al., On calibration of modern neural networks, ICML 2017.

    >>> found = reliability([0.9, 0.9, 0.3], [1, 0, 0], bins=10)
    >>> [(one.n, round(one.gap, 3)) for one in found.bins], round(found.expected_calibration_error, 4)
    ([(1, 0.3), (2, 0.4)], 0.3667)
    """
    if not len(confidence):
        return Reliability((), 0, None)
    import numpy as np

    stated, right = np.asarray(confidence, float), np.asarray(correct, float)
    place = np.clip(np.ceil(stated * bins).astype(int) - 1, 0, bins - 1)
    counts, confidences, rights = (
        np.bincount(place, weights=weights, minlength=bins) for weights in (None, stated, right)
    )
    filled = tuple(
        Bin(number / bins, (number + 1) / bins, int(n), float(confidences[number] / n), float(rights[number] / n))
        for number, n in enumerate(counts)
        if n
    )
    error = sum(one.n * abs(one.gap) for one in filled) / len(stated)
    return Reliability(filled, len(stated), error)
