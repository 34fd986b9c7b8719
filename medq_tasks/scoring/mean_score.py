"""The mean of a judge's scores on one axis."""

from __future__ import annotations

from collections.abc import Iterable

from medq_tasks.scoring.clusters import clustered_variance, t_quantile
from medq_tasks.scoring.mean import Interval, Mean
from medq_tasks.scoring.scored import Scored
from medq_tasks.scoring.wilson import wilson


def mean_score(rows: Iterable[Scored], *, highest: float = 2.0) -> Mean:
    """The mean score in [0, `highest`]; higher is better. An axis has `highest` 2, the sum of four axes 8.

    Only scored rows enter the mean and `n`: a verdict that cannot be read says nothing about the answer. `lower` and
    `upper` put 0 and `highest` for every other row. The interval is the ratio estimator's with Student's t over
    clusters, cut to the range; where all scores are alike, Wilson's on the share of `highest` with one trial a cluster.
    """
    every = list(rows)
    scored = [row for row in every if row.state == "scored"]
    values = [float(row.correct or 0.0) for row in scored]
    errors = sum(row.state == "error" for row in every)
    missing = len(every) - len(scored)
    return Mean(
        value=sum(values) / len(values) if values else None,
        n=len(values),
        n_unscored=missing - errors,
        n_error=errors,
        ci95=_interval(values, [row.cluster for row in scored], highest) if values else None,
        lower=sum(values) / len(every) if every else None,
        upper=(sum(values) + missing * highest) / len(every) if every else None,
    )


def _interval(values: list[float], clusters: list[str], highest: float) -> Interval:
    mean, groups = sum(values) / len(values), len(set(clusters))
    variance = clustered_variance(values, clusters)
    if not variance:
        low, high = wilson(mean / highest, groups)
        return low * highest, high * highest
    half = t_quantile(groups - 1) * variance**0.5
    return max(0.0, mean - half), min(highest, mean + half)
