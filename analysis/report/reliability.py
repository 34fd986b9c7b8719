"""Reliability diagrams: how often answers of a given confidence are right, over all severities and at each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.degradation import Bin, Level, degradation_of
from analysis.labels import show
from analysis.report.chart import Frame, dot, line, percent_grid, rect, svg, text
from analysis.run import Run

FRAME = Frame(264, 264, bottom=78)
COUNTS_PX = 34  # the height of the largest bar of the counts, under the diagram
COUNTS_FOOT_PX = 24  # below which only the words of the axis stand


@dataclass(frozen=True, slots=True)
class Diagram:
    """One diagram with what stands under it."""

    title: str
    note: str
    chart: str


@dataclass(frozen=True, slots=True)
class Diagrams:
    """The diagrams of one run; `unit` is what is counted: questions, or answers."""

    run: int
    unit: str
    diagrams: tuple[Diagram, ...]


def reliability_diagrams(runs: Sequence[Run]) -> tuple[Diagrams, ...]:
    """The diagrams of each run that recorded bins."""
    found = []
    for number, run in enumerate(runs):
        record = degradation_of(run)
        if record is not None and record.reliability is not None and record.reliability.levels:
            unit = record.reliability.unit
            drawn = tuple(_diagram(run, number, level, unit) for level in record.reliability.levels)
            found.append(Diagrams(number, unit, drawn))
    return tuple(found)


def _diagram(run: Run, number: int, level: Level, unit: str) -> Diagram:
    title = level.severity or "All severities"
    error = show("expected_calibration_error", level.expected_calibration_error)
    told = "; ".join(f"confidence {_of(one.confidence)}: right {_of(one.accuracy)}, n {one.n}" for one in level.bins)
    chart = svg(
        FRAME,
        _parts(level, number),
        name=f"reliability-{number}-{level.severity or 'all'}",
        title=f"{run.results.model}, {title}: accuracy by confidence",
        description=f"ECE {error} over {level.n} {unit}. {told}.",
    )
    return Diagram(title, f"ECE {error}, n = {level.n}", chart)


def _parts(level: Level, number: int) -> list[str]:
    foot = FRAME.height - COUNTS_FOOT_PX
    parts = percent_grid(FRAME)
    largest = max((one.n for one in level.bins), default=1)
    for one in level.bins:
        parts += _bar(one, number)
        top = foot - COUNTS_PX * one.n / largest
        parts.append(rect((FRAME.x(one.low) + 1, top), (FRAME.x(one.high) - 1, foot), "counts"))
    parts.append(line((FRAME.x(0), FRAME.y(0)), (FRAME.x(1), FRAME.y(1)), "ideal"))
    parts += [
        dot((FRAME.x(one.confidence), FRAME.y(one.accuracy)), f"mark accuracy run-{number % 6}") for one in level.bins
    ]
    parts.append(line((FRAME.x(0), foot), (FRAME.x(1), foot), "grid"))
    parts += [text((FRAME.x(share), FRAME.height - 10), f"{100 * share:.0f} %") for share in (0, 0.5)]
    parts.append(text((FRAME.x(1), FRAME.height - 10), "100 %", anchor="end"))
    parts.append(text((FRAME.left - 5, foot - 2), f"n {largest}", anchor="end"))
    return parts


def _bar(one: Bin, number: int) -> list[str]:
    """Up to the accuracy, and from there to the confidence, the gap: above it over-confident, below under-confident."""
    left, right = FRAME.x(one.low) + 1, FRAME.x(one.high) - 1
    gap = "gap over" if one.confidence > one.accuracy else "gap under"
    return [
        rect((left, FRAME.y(0)), (right, FRAME.y(one.accuracy)), f"bar run-{number % 6}"),
        rect((left, FRAME.y(one.accuracy)), (right, FRAME.y(one.confidence)), gap),
    ]


def _of(share: float) -> str:
    return f"{100 * share:.1f} %"
