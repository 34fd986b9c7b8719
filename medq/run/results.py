"""From rows to `results.json`: every number is worked out here, from rows alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from fractions import Fraction

from medq.records import Integrity, Metric, Results, Sample
from medq_tasks.scoring import AXES, Mean, Scored, accuracy, breakdowns

Metrics = dict[str, Metric]
Breakdowns = dict[str, dict[str, dict[str, Metric]]]


def results_of(task: str, model: str, rows: Sequence[Sample]) -> Results:
    """The results of a run. With several tasks, a metric's name is `<task>.<metric>`."""
    tasks = list(dict.fromkeys(row.task for row in rows))
    metrics: Metrics = {}
    groups: Breakdowns = {}
    for name in tasks:
        prefix = f"{name}." if len(tasks) > 1 else ""
        of_task = [row for row in rows if row.task == name]
        metrics |= {f"{prefix}accuracy": _accuracy(of_task)}
        _merge(groups, _accuracy_by_axis(of_task), prefix)
    return Results(
        task=task,
        model=model,
        metrics=metrics,
        breakdowns=groups,
        integrity=integrity_of(rows),
        complete=all(row.state != "error" for row in rows),
    )


def integrity_of(rows: Iterable[Sample]) -> Integrity:
    """How many images the rows sent, and how many of them as the bytes of their file."""
    images = [image for row in rows for image in row.images]
    identical = sum(image.sha256 == image.sent_sha256 for image in images)
    return Integrity(images=len(images), bit_identical=identical)


def _accuracy(rows: Sequence[Sample]) -> Metric:
    return _metric(accuracy([_scored(row) for row in rows]), rows)


def _accuracy_by_axis(rows: Sequence[Sample]) -> dict[str, dict[str, Metric]]:
    found = breakdowns([_scored(row) for row in rows], AXES)
    return {
        axis: {value: _metric(mean, _with(rows, axis, value)) for value, mean in by_value.items()}
        for axis, by_value in found.items()
    }


def _metric(mean: Mean, rows: Sequence[Sample]) -> Metric:
    shares = [Fraction(1, len(row.options)) for row in rows if row.options]
    return Metric.model_validate(asdict(mean) | {"chance": float(sum(shares) / len(shares)) if shares else None})


def _with(rows: Sequence[Sample], axis: str, value: str) -> list[Sample]:
    return [row for row in rows if getattr(row, axis) == value]


def _scored(row: Sample) -> Scored:
    axes: Mapping[str, str | None] = {axis: getattr(row, axis) for axis in AXES}
    return Scored(row.state, row.correct, "+".join(image.sha256 for image in row.images), axes)


def _merge(into: Breakdowns, more: Mapping[str, Mapping[str, Metric]], prefix: str, name: str = "accuracy") -> None:
    for axis, by_value in more.items():
        for value, metric in by_value.items():
            into.setdefault(axis, {}).setdefault(value, {})[f"{prefix}{name}"] = metric
