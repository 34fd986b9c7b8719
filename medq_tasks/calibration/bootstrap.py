"""Percentile intervals from resampled clusters."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING

from medq_tasks.scoring.clusters import clustered_variance, t_quantile
from medq_tasks.scoring.mean import Interval
from medq_tasks.scoring.wilson import wilson

RESAMPLES = 1000
CLUSTERS_MIN = 20
SEED = 20260307
_CELLS_MAX = 4_000_000  # indices held at a time, 32 MB

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Array = npt.NDArray[np.float64]


def mean_interval(
    values: Sequence[float], clusters: Sequence[Hashable], *, low: float = 0.0, high: float = 1.0
) -> Interval | None:
    """The 95 % interval of the mean of `values` in [`low`, `high`] when whole clusters are drawn again.

    None for fewer than two clusters. Percentiles of few clusters are too narrow: below `CLUSTERS_MIN` the ratio
    estimator's interval with Student's t over clusters takes their place, cut to the range. Where all clusters have
    the same mean, neither sees a spread and Wilson's interval with one trial a cluster is taken. The draws are fixed
    by a constant seed. Source: A. C. Davison and D. V. Hinkley, Bootstrap Methods and their Application (1997),
    section 3.8.
    """
    import numpy as np

    sums, counts = cluster_sums(np.asarray(values, float)[:, None], clusters)
    if len(counts) < 2:
        return None
    if np.ptp(sums[:, 0] / counts[:, 0]) < 1e-12:
        ends = wilson((float(values[0]) - low) / (high - low), len(counts))
        return low + (high - low) * ends[0], low + (high - low) * ends[1]
    if len(counts) < CLUSTERS_MIN:
        names = [str(cluster) for cluster in clusters]
        mean, half = sum(values) / len(values), t_quantile(len(counts) - 1)
        half *= (clustered_variance(values, names) or 0.0) ** 0.5
        return max(low, mean - half), min(high, mean + half)
    return intervals(sums, counts, lambda means: means[:, 0])


def intervals(sums: Array, counts: Array, statistic: Callable[[Array], Array]) -> Interval:
    """The interval of a statistic of column means; `sums` and `counts` are (clusters, columns).

    `statistic` takes resampled means (resamples, columns), NaN where a draw has no row of a column, and gives one
    number each; draws that are NaN are left out.
    """
    import numpy as np

    rng = np.random.Generator(np.random.Philox(SEED))
    clusters = len(sums)
    step = max(1, _CELLS_MAX // clusters)
    drawn = []
    for start in range(0, RESAMPLES, step):
        index = rng.integers(clusters, size=(min(step, RESAMPLES - start), clusters))
        totals = np.stack([column[index].sum(axis=1) for column in sums.T], axis=1)
        sizes = np.stack([column[index].sum(axis=1) for column in counts.T], axis=1)
        drawn.append(statistic(np.divide(totals, sizes, out=np.full_like(totals, np.nan), where=sizes > 0)))
    low, high = np.nanpercentile(np.concatenate(drawn), (2.5, 97.5))
    return float(low), float(high)


def cluster_sums(values: Array, clusters: Sequence[Hashable]) -> tuple[Array, Array]:
    """Sums and counts (clusters, columns) of `values` (rows, columns); NaN is no value."""
    import numpy as np

    numbers = {cluster: number for number, cluster in enumerate(dict.fromkeys(clusters))}
    at = np.array([numbers[cluster] for cluster in clusters], int)
    sums, counts = np.zeros((len(numbers), values.shape[1])), np.zeros((len(numbers), values.shape[1]))
    np.add.at(sums, at, np.nan_to_num(values))
    np.add.at(counts, at, np.isfinite(values).astype(float))
    return sums, counts
