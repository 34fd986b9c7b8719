"""Paired differences: the same items, second run minus first, each item once and items of one image together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.compare.pairs import Pair, cluster_names
from analysis.compare.values import metrics_of, pair_values
from analysis.statistics import clustered_bootstrap, detectable_paired_difference, sign_flip


@dataclass(frozen=True, slots=True)
class PairedResult:
    """One metric on the items that both runs have a value for.

    `difference` is the mean of second minus first in the metric's own unit, `ci95` its clustered bootstrap interval
    (NaN with one cluster), `p_value` the sign-flip test over the same clusters (McNemar's exact test where each item is
    a cluster and right or wrong), `better` and `worse` the items that the second run has higher and lower. `left_out`
    counts shared items without a value in one of the runs. `detectable` is the smallest difference that this n and this
    much disagreement show at 80 % power (answers that are right or wrong only; None where it does not apply).
    """

    task: str
    metric: str
    first: float
    second: float
    difference: float
    ci95: tuple[float, float]
    p_value: float
    pairs: int
    clusters: int
    better: int
    worse: int
    left_out: int
    detectable: float | None


def paired_results(pairs: Sequence[Pair]) -> tuple[PairedResult, ...]:
    """A result for each task and metric that any shared item has a value for in both runs."""
    tasks = dict.fromkeys(pair.task for pair in pairs)
    found = []
    for task in tasks:
        of_task = [pair for pair in pairs if pair.task == task]
        rows = [sample for pair in of_task for sample in (*pair.first, *pair.second)]
        found += [_result(of_task, task, metric) for metric in metrics_of(rows)]
    return tuple(result for result in found if result is not None)


def _result(pairs: Sequence[Pair], task: str, metric: str) -> PairedResult | None:
    values = [
        (one, other, cluster)
        for pair, cluster in zip(pairs, cluster_names(pairs), strict=True)
        for one, other in [pair_values(pair, metric)]
        if one is not None and other is not None
    ]
    if not values:
        return None
    n = len(values)
    differences, clusters = [other - one for one, other, _ in values], [cluster for *_, cluster in values]
    interval = clustered_bootstrap(differences, clusters)
    better, worse = (sum(other > one for one, other, _ in values), sum(other < one for one, other, _ in values))
    return PairedResult(
        task=task,
        metric=metric,
        first=sum(one for one, *_ in values) / n,
        second=sum(other for _, other, _ in values) / n,
        difference=interval.mean,
        ci95=(interval.low, interval.high),
        p_value=sign_flip(differences, clusters),
        pairs=n,
        clusters=interval.clusters,
        better=better,
        worse=worse,
        left_out=len(pairs) - n,
        detectable=_detectable(differences, metric),
    )


def _detectable(differences: Sequence[float], metric: str) -> float | None:
    """None for other metrics, for shares of votes, and where so few pairs differ that no difference would be shown."""
    discordant = sum(difference != 0 for difference in differences)
    if metric != "accuracy" or not discordant or any(abs(one) not in (0.0, 1.0) for one in differences):
        return None
    found = detectable_paired_difference(len(differences), discordant=discordant / len(differences))
    return None if found != found else found  # noqa: PLR0124  the test for NaN
