"""Accuracy, confidence and Calibration Shift of many questions, with counts and intervals."""

from __future__ import annotations

from collections.abc import Sequence

from medq_tasks.calibration.bootstrap import mean_interval
from medq_tasks.calibration.measured import Measured
from medq_tasks.scoring.mean import Mean


def accuracy_mean(items: Sequence[Measured]) -> Mean:
    """The mean accuracy of questions in [0, 1]; higher is better.

    A question whose votes cannot be read is wrong and counts in `n`; one whose calls all failed is left out.
    """
    known = [item for item in items if item.accuracy is not None]
    values = [float(item.accuracy or 0.0) for item in known]
    return Mean(
        value=_mean(values),
        n=len(known),
        n_unscored=sum(item.state == "unscored" for item in items),
        n_error=len(items) - len(known),
        ci95=mean_interval(values, [item.cluster for item in known]) if values else None,
        lower=_mean([item.worst for item in items]),
        upper=_mean([item.best for item in items]),
    )


def confidence_mean(items: Sequence[Measured]) -> Mean:
    """The mean confidence of questions in [0, 1], over those that have one; `lower`, `upper`: the others at 0 and 1."""
    return _over_confident(items, [item.confidence for item in items], low=0.0)


def shift_mean(items: Sequence[Measured]) -> Mean:
    """The Calibration Shift in [−1, 1]: mean confidence minus accuracy over questions that have both; 0 is calibrated.

    Above 0 the model is over-confident. Source: arXiv 2603.07769. `lower`, `upper`: the others at −1 and 1.
    """
    return _over_confident(items, [item.shift for item in items], low=-1.0)


def _over_confident(items: Sequence[Measured], values: Sequence[float | None], *, low: float) -> Mean:
    pairs = [(value, item.cluster) for value, item in zip(values, items, strict=True) if value is not None]
    known = [value for value, _ in pairs]
    missing = len(items) - len(known)
    errors = sum(item.confidence_state == "error" for item in items)
    return Mean(
        value=_mean(known),
        n=len(known),
        n_unscored=missing - errors,
        n_error=errors,
        ci95=mean_interval(known, [cluster for _, cluster in pairs], low=low) if known else None,
        lower=(sum(known) + missing * low) / len(items) if items else None,
        upper=(sum(known) + missing) / len(items) if items else None,
    )


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
