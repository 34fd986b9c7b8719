"""A metric by every value of every axis."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from medq_tasks.item import CONCERNS, DEGRADATION_LEVELS, DIFFICULTIES, MODALITIES, QUESTION_TYPES, SEVERITIES, SOURCES
from medq_tasks.scoring.accuracy import accuracy
from medq_tasks.scoring.mean import Mean
from medq_tasks.scoring.scored import Scored

AXES = (
    "question_type",
    "modality",
    "degradation_level",
    "concern",
    "source",
    "difficulty",
    "degradation",
    "severity",
    "capability",
)


class HasAxes(Protocol):
    """Whatever has a value, or None, for each axis."""

    @property
    def axes(self) -> Mapping[str, str | None]:
        """Axis to value."""


Row = TypeVar("Row", bound=HasAxes)
_ORDER = (*QUESTION_TYPES, *DEGRADATION_LEVELS, *CONCERNS, *SOURCES, *DIFFICULTIES, *SEVERITIES, *MODALITIES)


def breakdowns(
    rows: Iterable[Scored], axes: Sequence[str] = AXES, *, metric: Callable[[Sequence[Scored]], Mean] = accuracy
) -> dict[str, dict[str, Mean]]:
    """`{axis: {value: mean}}` for every axis that a row has a value of.

    Values stand in the benchmark's order, others after them by name. A row without a value is in no group of that axis.
    """
    every = list(rows)
    groups = {axis: grouped(every, axis) for axis in axes}
    return {
        axis: {value: metric(of_value) for value, of_value in by_value.items()}
        for axis, by_value in groups.items()
        if by_value
    }


def grouped(rows: Iterable[Row], axis: str) -> dict[str, list[Row]]:
    """The rows by their value of an axis, in the order of `breakdowns`."""
    by_value: dict[str, list[Row]] = {}
    for row in rows:
        value = row.axes.get(axis)
        if value is not None:
            by_value.setdefault(value, []).append(row)
    return {value: by_value[value] for value in sorted(by_value, key=_rank)}


def _rank(value: str) -> tuple[int, str]:
    return (_ORDER.index(value) if value in _ORDER else len(_ORDER), value)
