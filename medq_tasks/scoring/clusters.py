"""How much less rows of the same image tell than independent ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence


def clustered_variance(values: Sequence[float], clusters: Sequence[str]) -> float | None:
    """The variance of the mean of `values` when rows of one cluster go together; None for fewer than two clusters.

    The ratio estimator's linearised variance, G/(G−1) Σ_g (Σ_i (y_gi − ȳ))² / n², for G clusters of any size. With
    each row its own cluster it is the usual s²/n. Source: W. G. Cochran, Sampling Techniques, 3rd ed. (1977),
    section 6.3 and chapter 9A.
    """
    sums: defaultdict[str, float] = defaultdict(float)
    mean = sum(values) / len(values)
    for value, cluster in zip(values, clusters, strict=True):
        sums[cluster] += value - mean
    groups = len(sums)
    if groups < 2:
        return None
    return groups / (groups - 1) * sum(total * total for total in sums.values()) / len(values) ** 2


def effective_n(values: Sequence[float], clusters: Sequence[str]) -> float:
    """The number of independent 0/1 rows that would tell as much as these; never above the number of rows.

    n / deff, times (t_{n−1} / t_{G−1})² for the few clusters that the design effect is estimated from. Where every row
    is alike the design effect cannot be seen and the number of clusters is taken. Source: E. L. Korn and B. I.
    Graubard, Confidence intervals for proportions with small expected number of positive counts estimated from survey
    data, Survey Methodology 24 (1998) 193-201; used with Wilson's interval by C. Franco et al., J. Surv. Stat.
    Methodol. 7 (2019) 334-364.
    """
    n, groups = len(values), len(set(clusters))
    if groups == n:
        return float(n)
    variance = clustered_variance(values, clusters)
    share = sum(values) / n
    if variance is None or share in (0.0, 1.0):
        return float(groups)
    independent = share * (1 - share) / (n - 1)
    shrink = (t_quantile(n - 1) / t_quantile(groups - 1)) ** 2
    return min(float(n), n * shrink * independent / variance) if variance > 0 else float(n)


def t_quantile(degrees: int, *, confidence: float = 0.95) -> float:
    """The two-sided quantile of Student's t."""
    from scipy.special import stdtrit

    return float(stdtrit(degrees, 0.5 + confidence / 2))
