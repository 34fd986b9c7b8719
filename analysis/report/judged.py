"""What the judge said: how its scores spread on each axis, and what it could not score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.labels import JUDGE_AXES, metric_label
from medq.records import Sample


@dataclass(frozen=True, slots=True)
class AxisSpread:
    """Rows by score on one axis (means of several rounds fall between whole scores), and the states without a score."""

    name: str
    scores: tuple[tuple[str, int, float], ...]
    states: tuple[tuple[str, int], ...]
    mean: str


def judge_spread(samples: Sequence[Sample]) -> tuple[AxisSpread, ...]:
    """One entry for each axis that was judged, task by task where there are several; empty where nothing was."""
    tasks = dict.fromkeys(sample.task for sample in samples if sample.judge)
    if len(tasks) < 2:
        return _of_task(samples)
    by_task = {task: _of_task([sample for sample in samples if sample.task == task]) for task in tasks}
    return tuple(replace(one, name=f"{task.capitalize()}: {one.name}") for task in tasks for one in by_task[task])


def _of_task(samples: Sequence[Sample]) -> tuple[AxisSpread, ...]:
    found = {axis for sample in samples if sample.judge for axis in sample.judge}
    ordered = [axis for axis in JUDGE_AXES if axis in found] + sorted(found - set(JUDGE_AXES))
    return tuple(_spread(axis, samples) for axis in ordered)


def _spread(axis: str, samples: Sequence[Sample]) -> AxisSpread:
    verdicts = [sample.judge[axis] for sample in samples if sample.judge and axis in sample.judge]
    scores = [verdict.score for verdict in verdicts if verdict.score is not None]
    states = Counter(verdict.state for verdict in verdicts if verdict.score is None)
    counted = sorted(Counter(scores).items())
    mean = f"{sum(scores) / len(scores):.3f}" if scores else "–"
    bars = tuple((f"{score:g}", rows, rows / len(verdicts)) for score, rows in counted)
    return AxisSpread(metric_label(axis), bars, tuple(states.most_common()), mean)
