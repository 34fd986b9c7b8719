"""Paired differences: the same items, second run minus first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.compare.pairs import Pair, cluster_names
from analysis.compare.values import item_value, metrics_of
from analysis.statistics import clustered_bootstrap, detectable_paired_difference, mcnemar_exact


@dataclass(frozen=True, slots=True)
class PairedResult:
    """One metric on the items that both runs have a value for.

    `difference` is the mean of second minus first in the metric's own unit, `ci95` its clustered bootstrap interval
    (NaN with one cluster), `p_value` McNemar's exact test (the exact sign test for scores beyond 0 and 1), `better`
    and `worse` the items that the second run has higher and lower. `left_out` counts shared items without a value in
    one of the runs. `detectable` is the smallest difference that this n and this much disagreement show at 80 % power
    (accuracy only; None where it does not apply).
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
        if (one := item_value(pair.first, metric)) is not None
        and (other := item_value(pair.second, metric)) is not None
    ]
    if not values:
        return None
    n = len(values)
    interval = clustered_bootstrap([other - one for one, other, _ in values], [cluster for *_, cluster in values])
    better, worse = (sum(other > one for one, other, _ in values), sum(other < one for one, other, _ in values))
    return PairedResult(
        task=task,
        metric=metric,
        first=sum(one for one, *_ in values) / n,
        second=sum(other for _, other, _ in values) / n,
        difference=interval.mean,
        ci95=(interval.low, interval.high),
        p_value=mcnemar_exact(worse, better),
        pairs=n,
        clusters=interval.clusters,
        better=better,
        worse=worse,
        left_out=len(pairs) - n,
        detectable=_detectable(n, better + worse, metric),
    )


def _detectable(n: int, discordant: int, metric: str) -> float | None:
    """NaN becomes None: with so few discordant pairs no difference would be shown."""
    if metric != "accuracy" or not discordant:
        return None
    found = detectable_paired_difference(n, discordant=discordant / n)
    return None if found != found else found  # noqa: PLR0124  the test for NaN
