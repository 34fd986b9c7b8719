"""The interval of a mean whose items come in clusters, such as several questions about one image."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 9_999
FEWEST_CLUSTERS = 2


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with its interval and the number of clusters that were resampled."""

    mean: float
    low: float
    high: float
    clusters: int


def clustered_bootstrap(
    values: Sequence[float] | NDArray[np.float64],
    clusters: Sequence[Hashable],
    *,
    confidence: float = 0.95,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Interval:
    """The mean of `values` with its bias-corrected and accelerated (BCa) interval, clusters being resampled whole.

    `clusters` names the cluster of each value. Every cluster is replaced by its sum and its size, so that the mean
    stays a mean over items. The interval is NaN with fewer than two clusters, and has no width where all clusters
    agree. The same arguments give the same interval. Source: Efron (1987), as implemented by `scipy.stats.bootstrap`.
    Raises ValueError on no values or on lengths that differ.

    >>> clustered_bootstrap([1.0, 1.0, 0.0, 0.0], ["a", "a", "b", "c"], resamples=99).mean
    0.5
    """
    if len(values) == 0 or len(values) != len(clusters):
        raise ValueError(f"expected as many clusters as values and at least one, got {len(clusters)} and {len(values)}")
    sums, sizes = _by_cluster(values, clusters)
    mean = float(sums.sum() / sizes.sum())
    if len(sums) < FEWEST_CLUSTERS:
        return Interval(mean, float("nan"), float("nan"), len(sums))
    if np.allclose(sums / sizes, mean, rtol=0.0, atol=1e-12):
        return Interval(mean, mean, mean, len(sums))
    low, high = _bca(sums, sizes, confidence=confidence, resamples=resamples, seed=seed)
    return Interval(mean, low, high, len(sums))


def _by_cluster(
    values: Sequence[float] | NDArray[np.float64], clusters: Sequence[Hashable]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    numbers: dict[Hashable, int] = {}
    places = np.array([numbers.setdefault(cluster, len(numbers)) for cluster in clusters])
    sums: NDArray[np.float64] = np.bincount(places, weights=np.asarray(values, dtype=np.float64)).astype(np.float64)
    return sums, np.bincount(places).astype(np.float64)


def _bca(
    sums: NDArray[np.float64], sizes: NDArray[np.float64], *, confidence: float, resamples: int, seed: int
) -> tuple[float, float]:
    from scipy.stats import bootstrap

    def ratio(sums: NDArray[np.float64], sizes: NDArray[np.float64], axis: int = -1) -> Any:
        return sums.sum(axis=axis) / sizes.sum(axis=axis)

    found = bootstrap(
        (sums, sizes), ratio, paired=True, vectorized=True, confidence_level=confidence, n_resamples=resamples,
        method="BCa", batch=max(1, 4_000_000 // len(sums)), rng=np.random.default_rng(seed),
    ).confidence_interval  # fmt: skip
    return float(found.low), float(found.high)
