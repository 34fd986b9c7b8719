"""How a whole group of questions answers to severity: all of them, a modality's, a category's, with intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from medq_tasks.calibration.means import accuracy_mean, confidence_mean, shift_mean
from medq_tasks.calibration.measured import Measured
from medq_tasks.calibration.paired_drop import Copies, copies
from medq_tasks.item import SEVERITIES
from medq_tasks.scoring.mean import Interval, Mean

AXES = ("modality", "degradation_category")
_MEANS: dict[str, Callable[[Sequence[Measured]], Mean]] = {
    "accuracy": accuracy_mean,
    "confidence": confidence_mean,
    "calibration_shift": shift_mean,
}


@dataclass(frozen=True, slots=True)
class Point:
    """A mean at one severity; the value is None where no question has one, the interval for a single clean image."""

    value: float | None
    ci95: Interval | None
    n: int


@dataclass(frozen=True, slots=True)
class SeverityCurve:
    """The same `n` questions at L0, L1 and L2, a point each; `axis` and `value` None: all of them.

    A clean question enters once for each of its degradations, so that all three points rest on the same questions.
    Intervals resample clean images.
    """

    axis: str | None
    value: str | None
    n: int
    accuracy: tuple[Point, ...]
    confidence: tuple[Point, ...]
    calibration_shift: tuple[Point, ...]


def severity_curves(items: Sequence[Measured]) -> list[SeverityCurve]:
    """All questions first, then each modality and each category by name; only those with all three severities enter."""
    whole = [group for group in copies(items).values() if set(group) == set(SEVERITIES)]
    if not whole:
        return []
    curves = [_curve(None, None, whole)]
    for axis in AXES:
        by_value: dict[str, list[Copies]] = {}
        for group in whole:
            if (value := group["L2"].axes.get(axis)) is not None:
                by_value.setdefault(value, []).append(group)
        curves += [_curve(axis, value, groups) for value, groups in sorted(by_value.items())]
    return curves


def _curve(axis: str | None, value: str | None, groups: Sequence[Copies]) -> SeverityCurve:
    levels = [[group[severity] for group in groups] for severity in SEVERITIES]
    points = {
        name: tuple(Point(mean.value, mean.ci95, mean.n) for mean in map(of_level, levels))
        for name, of_level in _MEANS.items()
    }
    return SeverityCurve(axis, value, len(groups), **points)
