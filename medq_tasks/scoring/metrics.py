"""The range and the direction of every metric."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MetricKind:
    """`low` and `high` bound the metric. `best` is the value to reach: an end of the range, or 0 for a shift."""

    name: str
    low: float
    high: float
    best: float


METRICS = {
    kind.name: kind
    for kind in (
        MetricKind("accuracy", 0, 1, best=1),
        MetricKind("completeness", 0, 2, best=2),
        MetricKind("preciseness", 0, 2, best=2),
        MetricKind("consistency", 0, 2, best=2),
        MetricKind("quality_accuracy", 0, 2, best=2),
        MetricKind("overall", 0, 8, best=8),
        MetricKind("confidence", 0, 1, best=1),
        MetricKind("calibration_shift", -1, 1, best=0),
        MetricKind("expected_calibration_error", 0, 1, best=0),
        MetricKind("brier", 0, 1, best=0),
    )
}
