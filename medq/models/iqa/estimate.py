"""From statistics to how severe each attribute is."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import fmean

from medq.models.iqa.attributes import attributes, looked_for
from medq.models.iqa.statistics import Statistics
from medq.models.iqa.thresholds import Threshold, Thresholds

Scores = Mapping[str, float]
LEVELS = ("none", "mild", "severe")


def estimate(statistics: Statistics, fitted: Thresholds) -> Scores:
    """A score in [0, 3] by attribute.

    Below 1 the attribute is not seen, from 1 it is mild, from 2 severe. An attribute without thresholds scores 0.
    """
    return {key: attribute_score(key, statistics, fitted.attributes.get(key, {})) for key in attributes()}


def overall(scores: Scores, modality: str | None, limits: Threshold) -> float:
    """The score of the image as a whole: that of its worst attribute, against limits of its own.

    The worst of several scores lies above any single one, so the borders are not at 1 and 2.
    """
    return limits.score(worst(scores, modality), 1)


def attribute_score(key: str, statistics: Statistics, limits: Mapping[str, Threshold]) -> float:
    """The mean score of the attribute's statistics."""
    parts = [limits[name].score(statistics[name], sign) for name, sign in attributes()[key].signed() if name in limits]
    return fmean(parts) if parts else 0.0


def worst(scores: Scores, modality: str | None) -> float:
    """The largest score of the attributes that are looked for in that modality."""
    return max(scores[key] for key in looked_for(modality))


def level(score: float) -> int:
    """0 for none, 1 for mild, 2 for severe."""
    return min(int(score), 2)
