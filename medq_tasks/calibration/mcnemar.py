"""McNemar's test of right and wrong on the same questions, exact, and for pairs in clusters."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Sequence


def mcnemar_exact(lost: int, gained: int) -> float:
    """The two-sided p of the exact test: `lost` pairs right then wrong, `gained` wrong then right; 1 without any.

    Twice the binomial tail at 1/2, at most 1. Source: Q. McNemar, Psychometrika 12 (1947) 153-157.

    >>> mcnemar_exact(5, 0)
    0.0625
    """
    from scipy.special import bdtr

    if not lost + gained:
        return 1.0
    return min(1.0, 2 * float(bdtr(min(lost, gained), lost + gained, 0.5)))


def mcnemar_clustered(changes: Sequence[int], clusters: Sequence[Hashable]) -> float:
    """The two-sided p where several pairs share an image; `changes` are +1 lost, −1 gained, 0 unchanged, a pair each.

    χ² = (Σ_k d_k)² / Σ_k d_k² with d_k the mean change in cluster k, one degree of freedom; with one pair a cluster it
    is the test without correction, (b − c)² / (b + c). 1 where nothing changes. Source: V. L. Durkalski et al.,
    Statistics in Medicine 22 (2003) 2417-2428.

    >>> round(mcnemar_clustered([1, 1, 1, -1], "abcd"), 4)  # chi2 = 1
    0.3173
    """
    groups: defaultdict[Hashable, list[int]] = defaultdict(list)
    for change, cluster in zip(changes, clusters, strict=True):
        groups[cluster].append(change)
    means = [sum(group) / len(group) for group in groups.values()]
    squares = sum(mean * mean for mean in means)
    if not squares:
        return 1.0
    return math.erfc(math.sqrt(sum(means) ** 2 / squares / 2))
