"""From rows to `results.json`: every number is worked out here, from rows alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from functools import partial
from typing import Any

from judges.axes import AXES as JUDGED_AXES
from judges.record import counted_as
from medq.records import Integrity, Metric, Results, Sample
from medq_tasks.calibration.voted import VoteRules
from medq_tasks.scoring import AXES, METRICS, Mean, Scored, accuracy, breakdowns, mean_score
from medq_tasks.scoring.scored import State


@dataclass(frozen=True, slots=True)
class Measure:
    """One metric of one task: its rows, and how they become a mean."""

    name: str
    rows: Sequence[Scored]
    mean: Callable[[Sequence[Scored]], Mean]


def results_of(
    task: str,
    model: str,
    rows: Sequence[Sample],
    extra: Mapping[str, Any] | None = None,
    *,
    rules: VoteRules | None = None,
) -> Results:
    """The results of a run. With several tasks, a metric's name is `<task>.<metric>`; `extra` is written beside.

    `rules` say how the votes on a MedQ-Deg question become numbers.
    """
    tasks = list(dict.fromkeys(row.task for row in rows))
    metrics: dict[str, Metric] = {}
    groups: dict[str, dict[str, dict[str, Metric]]] = {}
    beside = dict(extra or {})
    for name in tasks:
        prefix = f"{name}." if len(tasks) > 1 else ""
        of_task = [row for row in rows if row.task == name]
        if name == "degradation":
            beside |= _add_voted(metrics, groups, prefix, of_task, rules)
            continue
        for measure in measures(of_task):
            metrics[prefix + measure.name] = _metric(measure, measure.mean(measure.rows), of_task)
            for axis, by_value in breakdowns(measure.rows, AXES, metric=measure.mean).items():
                for value, mean in by_value.items():
                    same = [row for row in of_task if getattr(row, axis) == value]
                    group = groups.setdefault(axis, {}).setdefault(value, {})
                    group[prefix + measure.name] = _metric(measure, mean, same)
    complete = not any(failed(row) for row in rows)
    plain = {"task": task, "model": model, "metrics": metrics, "breakdowns": groups, "complete": complete}
    return Results.model_validate({**plain, "integrity": integrity_of(rows), **beside})


def _add_voted(
    metrics: dict[str, Metric],
    groups: dict[str, dict[str, dict[str, Metric]]],
    prefix: str,
    rows: Sequence[Sample],
    rules: VoteRules | None,
) -> Mapping[str, Any]:
    """Puts the results of MedQ-Deg among the others; returns what stands beside them."""
    from medq.run.voted_results import voted_results

    voted = voted_results(rows, rules or VoteRules())
    metrics |= {prefix + name: metric for name, metric in voted.metrics.items()}
    for axis, by_value in voted.breakdowns.items():
        for value, named in by_value.items():
            group = groups.setdefault(axis, {}).setdefault(value, {})
            group |= {prefix + name: metric for name, metric in named.items()}
    return voted.beside


def failed(row: Sample) -> bool:
    """Whether the machinery failed on this row: its own call, or one of its judge's."""
    verdicts = (row.judge or {}).values()
    return row.state == "error" or any(
        counted_as(verdict.state) == "error" for verdict in verdicts if row.state == "scored"
    )


def integrity_of(rows: Iterable[Sample]) -> Integrity:
    """How many images the rows sent, and how many of them as the bytes of their file."""
    images = [image for row in rows for image in row.images]
    identical = sum(image.sha256 == image.sent_sha256 for image in images)
    return Integrity(images=len(images), bit_identical=identical)


def measures(rows: Sequence[Sample]) -> Iterator[Measure]:
    """The metrics of the rows of one task: accuracy, or the four axes and their sum."""
    if all(row.judge is None for row in rows):
        yield Measure("accuracy", [_scored(row, row.state, row.correct) for row in rows], accuracy)
        return
    for axis in JUDGED_AXES:
        yield Measure(axis, [_axis(row, axis) for row in rows], mean_score)
    highest = METRICS["overall"].high
    yield Measure("overall", [_overall(row) for row in rows], partial(mean_score, highest=highest))


def _axis(row: Sample, axis: str) -> Scored:
    verdict = (row.judge or {}).get(axis)
    if row.state != "scored" or verdict is None:
        return _scored(row, "error" if row.state == "scored" else row.state, None)
    return _scored(row, counted_as(verdict.state), verdict.score)


def _overall(row: Sample) -> Scored:
    """The sum of the four axes, only where all four are scored: a sum of three would be another quantity."""
    axes = [_axis(row, axis) for axis in JUDGED_AXES]
    states = {axis.state for axis in axes}
    state: State = "error" if "error" in states else "unscored" if "unscored" in states else "scored"
    return _scored(row, state, sum(float(axis.correct or 0) for axis in axes) if state == "scored" else None)


def _metric(measure: Measure, mean: Mean, rows: Sequence[Sample]) -> Metric:
    shares = [Fraction(1, len(row.options)) for row in rows if row.options]
    chance = float(sum(shares) / len(shares)) if shares and measure.name == "accuracy" else None
    return Metric.model_validate(asdict(mean) | {"chance": chance})


def _scored(row: Sample, state: State, correct: bool | float | None) -> Scored:
    axes: Mapping[str, str | None] = {axis: getattr(row, axis) for axis in AXES}
    return Scored(state, correct, "+".join(image.sha256 for image in row.images), axes)
