"""Accuracy over severity with a line a modality, and a line a degradation category, the lines named at their ends."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.degradation import SEVERITIES, Curve, degradation_of
from analysis.labels import axis_label, show, value_label
from analysis.report.chart import Frame, Place, dot, path, percent_grid, svg, text
from analysis.report.panel import Panel
from analysis.run import Run

FRAME = Frame(360, 220, right=112)
STEPS = (0.06, 0.5, 0.94)
LABEL_PX = 11.5  # the least distance of two names
COLOURS = 6


def overviews(runs: Sequence[Run]) -> tuple[Panel, ...]:
    """Two charts a run, by modality and by category, where there are at least two lines to compare."""
    found = []
    for number, run in enumerate(runs):
        curves = record.severity_curves if (record := degradation_of(run)) else ()
        for axis in dict.fromkeys(curve.axis for curve in curves if curve.axis is not None):
            drawn = [curve for curve in curves if curve.axis == axis and None not in _values(curve)]
            if len(drawn) > 1:
                found.append(_panel(run, number, axis, drawn))
    return tuple(found)


def _panel(run: Run, number: int, axis: str, drawn: Sequence[Curve]) -> Panel:
    title = f"Accuracy by {axis_label(axis).lower()}"
    told = (f"{_name(curve)} {', '.join(show('accuracy', value) for value in _values(curve))}" for curve in drawn)
    chart = svg(
        FRAME,
        _parts(drawn),
        name=f"overview-{number}-{axis}",
        title=f"{run.results.model}: {title.lower()} over severity",
        description=f"At {', '.join(SEVERITIES)}: {'; '.join(told)}.",
    )
    return Panel(title, chart, (), run=number)


def _parts(drawn: Sequence[Curve]) -> list[str]:
    parts = percent_grid(FRAME)
    parts += [text((FRAME.x(step), FRAME.height - 7), name) for step, name in zip(STEPS, SEVERITIES, strict=True)]
    places = [
        [(FRAME.x(step), FRAME.y(value or 0.0)) for step, value in zip(STEPS, _values(curve), strict=True)]
        for curve in drawn
    ]
    heights = spread([line[-1][1] for line in places], apart=LABEL_PX, low=FRAME.y(1), high=FRAME.y(0))
    for number, (curve, line, height) in enumerate(zip(drawn, places, heights, strict=True)):
        again = " again" if number >= COLOURS else ""
        parts += _named_line(line, height, _name(curve), f"run-{number % COLOURS}{again}")
    return parts


def _named_line(places: Sequence[Place], height: float, name: str, colour: str) -> list[str]:
    """The line, and its name at its end with a stroke to it where the name had to move."""
    end = places[-1]
    at = (end[0] + 16, height)
    return [
        path(places, f"series accuracy {colour}"),
        path([(end[0] + 4, end[1]), (at[0] - 2, at[1])], f"leader {colour}"),
        *(dot(place, f"mark accuracy {colour}", radius=2.6) for place in places),
        text((at[0], at[1] + 3.5), name, "name", anchor="start"),
    ]


def spread(wanted: Sequence[float], *, apart: float, low: float, high: float) -> list[float]:
    """Places near the wanted ones, in the same order, at least `apart` from each other, from `low` to `high`.

    Where they do not fit they overlap at `low`.

    >>> spread([10, 11, 50], apart=5, low=0, high=52)
    [10, 15, 50]
    >>> spread([50, 51], apart=5, low=0, high=52)
    [47, 52]
    """
    order = sorted(range(len(wanted)), key=lambda number: wanted[number])
    found = dict.fromkeys(order, low)
    least = low
    for number in order:
        found[number] = max(wanted[number], least)
        least = found[number] + apart
    most = high
    for number in reversed(order):
        found[number] = max(low, min(found[number], most))
        most = found[number] - apart
    return [found[number] for number in range(len(wanted))]


def _values(curve: Curve) -> tuple[float | None, ...]:
    return tuple(point.value for point in curve.accuracy)


def _name(curve: Curve) -> str:
    return value_label(curve.value or "")
