"""The tables of metrics: all rows first, then every value of every axis, one line a run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.labels import (
    AXES,
    METRICS,
    axis_label,
    base_metric,
    in_order,
    metric_label,
    metric_range,
    show,
    value_label,
)
from analysis.report.guess import random_guess
from analysis.report.interval import interval_svg
from analysis.run import Run
from medq.records import Metric, Sample

HEADLINES = ("accuracy", "overall")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it is about, the metric in words, and its plot."""

    label: str
    run: int
    value: str
    interval: str
    guess: str
    n: int
    n_unscored: int
    n_error: int
    bounds: str
    plot: str


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one axis, under its name."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class MetricTable:
    """One metric on the whole and along every axis; `opened` tells the headline metric from the others."""

    name: str
    low: str
    high: str
    groups: tuple[Group, ...]
    opened: bool
    has_guess: bool


def metric_tables(runs: Sequence[Run]) -> tuple[MetricTable, ...]:
    """A table for each metric that any of the runs has, those of the headline first."""
    found = {name for run in runs for name in run.results.metrics}
    return tuple(_table(runs, name) for name in sorted(found, key=_rank))


def is_headline(metric: str) -> bool:
    """Whether the metric is the one that its task is summed up by."""
    return base_metric(metric) in HEADLINES


def _rank(metric: str) -> tuple[bool, int, str]:
    name = base_metric(metric)
    return not is_headline(metric), list(METRICS).index(name) if name in METRICS else len(METRICS), metric


def _table(runs: Sequence[Run], metric: str) -> MetricTable:
    whole = [
        _line("All", number, metric, found, run.samples)
        for number, run in enumerate(runs)
        if (found := run.results.metrics.get(metric)) is not None
    ]
    axes = {axis for run in runs for axis in run.results.breakdowns}
    ordered = [axis for axis in AXES if axis in axes] + sorted(axes - set(AXES))
    groups = [Group("All rows", tuple(whole))] + [_group(runs, metric, axis) for axis in ordered]
    low, high = metric_range(metric)
    opened = is_headline(metric) or len(runs[0].results.metrics) == 1
    filled = tuple(group for group in groups if group.lines)
    has_guess = any(line.guess != "–" for group in filled for line in group.lines)
    return MetricTable(metric_label(metric), _end(metric, low), _end(metric, high), filled, opened, has_guess)


def _group(runs: Sequence[Run], metric: str, axis: str) -> Group:
    values = in_order({value for run in runs for value in run.results.breakdowns.get(axis, {})})
    lines = [
        _line(
            value_label(value), number, metric, found, [row for row in run.samples if getattr(row, axis, None) == value]
        )
        for value in values
        for number, run in enumerate(runs)
        if (found := run.results.breakdowns.get(axis, {}).get(value, {}).get(metric)) is not None
    ]
    return Group(axis_label(axis), tuple(lines))


def _line(label: str, run: int, metric: str, found: Metric, samples: Sequence[Sample]) -> Line:
    task = metric.rpartition(".")[0]
    rows = [row for row in samples if row.task == task] if task else samples
    guess = (found.chance or random_guess(rows)) if base_metric(metric) == "accuracy" else None
    low, high = metric_range(metric)
    return Line(
        label=label,
        run=run,
        value=show(metric, found.value),
        interval=_span(metric, found.ci95),
        guess=show(metric, guess),
        n=found.n,
        n_unscored=found.n_unscored,
        n_error=found.n_error,
        bounds=_span(metric, None if found.lower is None or found.upper is None else (found.lower, found.upper)),
        plot=interval_svg(found, low=low, high=high, guess=guess),
    )


def _span(metric: str, ends: tuple[float, float] | None) -> str:
    return "–" if ends is None else " to ".join(show(metric, end).removesuffix(" %") for end in ends)


def _end(metric: str, value: float) -> str:
    return show(metric, value).replace(".00 %", " %").replace(".000", "")
