"""Krippendorff's alpha: agreement of any number of raters with gaps, for nominal, ordinal and interval scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt

Level = Literal["nominal", "ordinal", "interval"]
Matrix = npt.NDArray[np.float64]


def alpha(ratings: Sequence[Sequence[float | None]], *, level: Level = "ordinal") -> float | None:
    """1 − D_o / D_e from a table with one row a rater and one column an item; None marks a missing score.

    1 is perfect, 0 is chance, below 0 is systematic disagreement. Items with fewer than two scores say nothing. None
    when nothing can be compared or all scores are the same. Source: Krippendorff, Computing Krippendorff's
    Alpha-Reliability (2011), coincidence matrix form.

    >>> alpha([[1, 2, 3], [1, 2, 3]])
    1.0
    """
    items = [[score for score in item if score is not None] for item in zip(*ratings, strict=True)]
    pairable = [item for item in items if len(item) >= 2]
    values = sorted({score for item in pairable for score in item})
    if len(values) < 2:
        return None
    coincidences = _coincidences(pairable, values)
    distances = _distances(values, coincidences.sum(axis=1), level)
    totals = coincidences.sum(axis=1)
    expected = np.outer(totals, totals) - np.diag(totals)
    return float(1 - (totals.sum() - 1) * (coincidences * distances).sum() / (expected * distances).sum())


def _coincidences(items: Sequence[Sequence[float]], values: Sequence[float]) -> Matrix:
    """(v, v): how often two raters gave an item the values c and k, each item weighted by 1 / (its scores − 1)."""
    place = {value: index for index, value in enumerate(values)}
    matrix = np.zeros((len(values), len(values)))
    for item in items:
        counts = np.bincount([place[score] for score in item], minlength=len(values))
        matrix += (np.outer(counts, counts) - np.diag(counts)) / (len(item) - 1)
    return matrix


def _distances(values: Sequence[float], totals: Matrix, level: Level) -> Matrix:
    """(v, v): the squared difference of two values on the level of measurement."""
    points = np.asarray(values, dtype=np.float64)
    if level == "nominal":
        return 1 - np.eye(len(values))
    if level == "ordinal":
        points = np.cumsum(totals) - totals / 2
    squared: Matrix = (points[:, None] - points[None, :]) ** 2
    return squared
