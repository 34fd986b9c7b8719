"""The two Dunning–Kruger tests of MedQ-Deg: within a model over severities, and between models."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from medq_tasks.calibration.bootstrap import CLUSTERS_MIN, cluster_sums, intervals
from medq_tasks.calibration.measured import Measured
from medq_tasks.scoring.mean import Interval


@dataclass(frozen=True, slots=True)
class WithinModel:
    """Accuracy falls from L0 to L2 (`accuracy_drop` > 0) while the shift does not (`shift_rise` >= 0): `holds`.

    Intervals resample clean images; they are None for fewer than 20.
    """

    holds: bool
    accuracy_drop: float
    shift_rise: float
    accuracy_drop_ci95: Interval | None = None
    shift_rise_ci95: Interval | None = None


@dataclass(frozen=True, slots=True)
class BetweenModels:
    """Over all pairs of models with different accuracies: in how many the less accurate one has the larger shift.

    `share` is `agreeing` / `pairs`, `tau` is agreeing minus disagreeing over `pairs` (ties in shift count for
    neither); both None without a pair. `exceptions` names the pairs that disagree, the less accurate model first.
    """

    pairs: int
    agreeing: int
    share: float | None
    tau: float | None
    exceptions: tuple[tuple[str, str], ...]


def effect_within(*, accuracy: tuple[float, float], shift: tuple[float, float]) -> WithinModel:
    """The test on the values at (L0, L2). Source: arXiv 2603.07769.

    >>> effect_within(accuracy=(0.740, 0.686), shift=(0.066, 0.080)).holds
    True
    """
    drop, rise = accuracy[0] - accuracy[1], shift[1] - shift[0]
    return WithinModel(drop > 0 and rise >= 0, drop, rise)


def within_model(items: Sequence[Measured]) -> WithinModel | None:
    """The test on a model's questions, with intervals; None where L0 or L2 has no question with a confidence."""
    import numpy as np

    values = np.array([_columns(item) for item in items], float).reshape(-1, 4)
    sums, counts = cluster_sums(values, [item.cluster for item in items])
    if not len(counts) or not counts.sum(axis=0).all():
        return None
    accuracy_0, accuracy_2, shift_0, shift_2 = (sums.sum(axis=0) / counts.sum(axis=0)).tolist()
    found = effect_within(accuracy=(accuracy_0, accuracy_2), shift=(shift_0, shift_2))
    if len(counts) < CLUSTERS_MIN:
        return found
    drop = intervals(sums, counts, lambda means: means[:, 0] - means[:, 1])
    rise = intervals(sums, counts, lambda means: means[:, 3] - means[:, 2])
    return WithinModel(found.holds, found.accuracy_drop, found.shift_rise, drop, rise)


def between_models(accuracy: Mapping[str, float], shift: Mapping[str, float]) -> BetweenModels:
    """The test over models by name; a pair with equal accuracies is left out.

    >>> between_models({"a": 0.7, "b": 0.5}, {"a": 0.1, "b": 0.3}).share
    1.0
    """
    pairs = agreeing = opposed = 0
    exceptions = []
    for one, other in combinations(sorted(accuracy), 2):
        if accuracy[one] == accuracy[other]:
            continue
        weaker, stronger = sorted((one, other), key=lambda name: accuracy[name])
        pairs += 1
        agreeing += shift[weaker] > shift[stronger]
        if shift[weaker] < shift[stronger]:
            opposed += 1
            exceptions.append((weaker, stronger))
    share = agreeing / pairs if pairs else None
    return BetweenModels(pairs, agreeing, share, (agreeing - opposed) / pairs if pairs else None, tuple(exceptions))


def _columns(item: Measured) -> tuple[float | None, float | None, float | None, float | None]:
    """Accuracy at L0, at L2, shift at L0, at L2, of questions that have a confidence; None elsewhere."""
    severity = item.axes.get("severity")
    accuracy = item.accuracy if item.shift is not None else None
    clean, severe = severity == "L0", severity == "L2"
    return (
        accuracy if clean else None,
        accuracy if severe else None,
        item.shift if clean else None,
        item.shift if severe else None,
    )
