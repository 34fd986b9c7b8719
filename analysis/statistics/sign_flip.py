"""Do paired differences point one way? Signs are turned over, whole clusters at once, and the mean is compared."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from analysis.statistics.mcnemar import mcnemar_exact

if TYPE_CHECKING:
    from numpy.typing import NDArray

DRAWS = 9_999
EXACT_CLUSTERS = 16  # up to which all 2^n patterns of signs are gone through
_BATCH = 500
_TIE = 1e-9  # of the observed sum: equal up to rounding


def sign_flip(
    differences: Sequence[float], clusters: Sequence[Hashable], *, draws: int = DRAWS, seed: int = 0
) -> float:
    """The two-sided p, in (0, 1], of the mean of `differences`, had every cluster's total come with a random sign.

    Exact for up to 16 clusters with a total other than 0, and where all totals have one size: there it is the binomial
    test, and with one pair a cluster and differences of -1, 0 and 1 McNemar's exact test. Otherwise (hits + 1) /
    (draws + 1) over random signs, the same for the same arguments. 1 where nothing differs. Source: E. J. G. Pitman,
    Significance tests which may be applied to samples from any populations, JRSS Suppl. 4 (1937) 119-130; clusters: A.
    M. Winkler et al., NeuroImage 92 (2014) 381-397. Raises ValueError on lengths that differ.

    >>> sign_flip([1, 1, 1, -1, 0], ["a", "b", "c", "d", "e"])  # 3 against 1
    0.625
    >>> sign_flip([1, 1, 1, -1], ["a", "a", "a", "b"])  # totals 3 and -1: |3 - 1| is exceeded by |3 + 1| alone
    1.0
    """
    if len(differences) != len(clusters):
        raise ValueError(f"expected a cluster for each difference, got {len(clusters)} for {len(differences)}")
    totals = _totals(differences, clusters)
    if not len(totals):
        return 1.0
    if np.allclose(np.abs(totals), np.abs(totals[0])):
        return mcnemar_exact(int((totals < 0).sum()), int((totals > 0).sum()))
    observed = abs(float(totals.sum()))
    least = observed - _TIE * max(1.0, observed)
    if len(totals) <= EXACT_CLUSTERS:
        return float((np.abs(_every_sum(totals)) >= least).mean())
    rng = np.random.default_rng(seed)
    hits = 0
    for start in range(0, draws, _BATCH):
        signs = rng.integers(0, 2, (min(_BATCH, draws - start), len(totals))) * 2.0 - 1.0
        hits += int((np.abs(signs @ totals) >= least).sum())
    return (hits + 1) / (draws + 1)


def _totals(differences: Sequence[float], clusters: Sequence[Hashable]) -> NDArray[np.float64]:
    """The totals of clusters that are not 0; up to rounding, as a third less a third is."""
    sums: dict[Hashable, float] = {}
    for difference, cluster in zip(differences, clusters, strict=True):
        sums[cluster] = sums.get(cluster, 0.0) + difference
    totals = np.array(list(sums.values()), dtype=np.float64)
    return totals[np.abs(totals) > _TIE]


def _every_sum(totals: NDArray[np.float64]) -> NDArray[np.float64]:
    sums = np.zeros(1)
    for total in totals:
        sums = np.concatenate([sums + total, sums - total])
    return sums
