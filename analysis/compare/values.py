"""What an item is worth on a metric, by the policy that results.json follows."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.labels import JUDGE_AXES
from medq.records import Sample


def metrics_of(samples: Sequence[Sample]) -> tuple[str, ...]:
    """The metrics that can be compared on these rows: the judge's axes where there was one, accuracy otherwise."""
    if any(sample.judge for sample in samples):
        axes = {axis for sample in samples for axis in sample.judge or {}}
        return tuple(axis for axis in JUDGE_AXES if axis in axes) + (("overall",) if axes >= set(JUDGE_AXES) else ())
    return ("accuracy",) if any(sample.options for sample in samples) else ()


def item_value(samples: Sequence[Sample], metric: str) -> float | None:
    """The mean over an item's votes; None where none has a value, which leaves the item out.

    Accuracy: 1 or 0, an unreadable answer 0, a failed row without value. A judge's axis: its score. Overall: the sum
    of the four axes, where all four are scored.
    """
    values = [value for sample in samples if (value := _value(sample, metric)) is not None]
    return sum(values) / len(values) if values else None


def _value(sample: Sample, metric: str) -> float | None:
    if sample.state == "error":
        return None
    if metric == "accuracy":
        return float(sample.state == "scored" and sample.correct is True)
    judge = sample.judge or {}
    if metric != "overall":
        return judge[metric].score if metric in judge else None
    scores = [judge[axis].score for axis in JUDGE_AXES if axis in judge]
    known = [score for score in scores if score is not None]
    return sum(known) if len(known) == len(JUDGE_AXES) else None
