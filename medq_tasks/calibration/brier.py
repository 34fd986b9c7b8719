"""The mean squared error of stated probabilities."""

from __future__ import annotations

from collections.abc import Sequence


def brier_score(confidence: Sequence[float], correct: Sequence[bool]) -> float | None:
    """Mean (confidence − correct)² in [0, 1], lower is better; None without an answer.

    `confidence` is the probability given to the answer that was chosen. Source: G. W. Brier, Verification of forecasts
    expressed in terms of probability, Mon. Weather Rev. 78 (1950) 1-3.

    >>> brier_score([0.5, 1.0], [True, True])
    0.125
    """
    if not len(confidence):
        return None
    return sum((stated - right) ** 2 for stated, right in zip(confidence, correct, strict=True)) / len(confidence)
