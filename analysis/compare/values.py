"""What an item is worth on a metric, by the policy that results.json follows; once, whatever its votes."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.compare.pairs import Pair
from analysis.degradation import TASK
from analysis.labels import JUDGE_AXES
from medq.records import Sample

VOTED = ("accuracy", "confidence", "calibration_shift")


def metrics_of(samples: Sequence[Sample]) -> tuple[str, ...]:
    """The metrics that can be compared on these rows: the judge's axes where there was one, accuracy otherwise."""
    if any(sample.judge for sample in samples):
        axes = {axis for sample in samples for axis in sample.judge or {}}
        return tuple(axis for axis in JUDGE_AXES if axis in axes) + (("overall",) if axes >= set(JUDGE_AXES) else ())
    if any(sample.task == TASK for sample in samples):
        return VOTED
    return ("accuracy",) if any(sample.options for sample in samples) else ()


def pair_values(pair: Pair, metric: str) -> tuple[float | None, float | None]:
    """The item's value in the first and in the second run.

    Of a MedQ-Deg question it is what the runs recorded, by their own rules for votes; where either did not record it,
    accuracy is the mean over votes in both, and there is no confidence.
    """
    if metric in VOTED and pair.first_value is not None and pair.second_value is not None:
        return getattr(pair.first_value, metric), getattr(pair.second_value, metric)
    if metric in VOTED[1:]:
        return None, None
    return item_value(pair.first, metric), item_value(pair.second, metric)


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
