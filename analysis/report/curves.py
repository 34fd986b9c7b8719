"""Response curves: accuracy and confidence at L0, L1 and L2, one small chart a group, the runs in the same chart."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.degradation import SEVERITIES, Curve, Point, degradation_of
from analysis.labels import axis_label, in_order, show, value_label
from analysis.report.chart import Frame, Place, dot, line, path, percent_grid, svg, text, whisker
from analysis.report.panel import Panel, PanelGroup, Row
from analysis.run import Run

FRAME = Frame(264, 190)
STEPS = (0.14, 0.5, 0.86)  # where L0, L1, L2 stand on the width
DODGE_PX = 7.0  # between neighbouring series, so that their intervals do not cover each other
COLOURS = 6
SERIES = ("accuracy", "confidence")
Drawn = Sequence[tuple[int, Curve]]  # run number and its curve


def curve_panels(runs: Sequence[Run]) -> tuple[PanelGroup, ...]:
    """All questions first, then the modalities, then the categories; empty where no run recorded curves."""
    found: dict[tuple[str | None, str | None], list[tuple[int, Curve]]] = {}
    for number, run in enumerate(runs):
        for curve in record.severity_curves if (record := degradation_of(run)) else ():
            found.setdefault((curve.axis, curve.value), []).append((number, curve))
    groups = []
    for axis in dict.fromkeys(axis for axis, _ in found):
        values = in_order(value or "" for of_axis, value in found if of_axis == axis)
        panels = [_panel(runs, axis, value or None, found[axis, value or None]) for value in values]
        groups.append(PanelGroup("All questions" if axis is None else axis_label(axis), tuple(panels)))
    return tuple(groups)


def _panel(runs: Sequence[Run], axis: str | None, value: str | None, drawn: Drawn) -> Panel:
    title = "All questions" if value is None else value_label(value)
    chart = svg(
        FRAME,
        _parts(drawn, _chance(runs, axis, value)),
        name=f"curve-{axis or 'all'}-{value or 'all'}".replace(".", "-"),
        title=f"{title}: accuracy and confidence over severity",
        description=" ".join(_told(runs, number, curve) for number, curve in drawn),
    )
    return Panel(title, chart, tuple(Row(number, curve.n, _cells(curve)) for number, curve in drawn))


def _parts(drawn: Drawn, chance: float | None) -> list[str]:
    parts = percent_grid(FRAME)
    foot = FRAME.height - 7
    parts += [text((FRAME.x(step), foot), name) for step, name in zip(STEPS, SEVERITIES, strict=True)]
    if chance is not None:
        parts.append(line((FRAME.x(0), FRAME.y(chance)), (FRAME.x(1), FRAME.y(chance)), "guess"))
    series = [(number, curve, name) for number, curve in drawn for name in SERIES]
    shifts = [DODGE_PX * (place - (len(series) - 1) / 2) for place in range(len(series))]
    if len(drawn) == 1:
        parts += _gap(drawn[0][1])
    for (number, curve, name), shift in zip(series, shifts, strict=True):
        parts += _series(getattr(curve, name), f"run-{number % COLOURS} {name}", shift)
    return parts


def _series(points: Sequence[Point], kind: str, shift: float) -> list[str]:
    placed = [(FRAME.x(step) + shift, point) for step, point in zip(STEPS, points, strict=True)]
    known = [(x, FRAME.y(point.value)) for x, point in placed if point.value is not None]
    parts = [path(known, f"series {kind}")] if len(known) > 1 else []
    for x, point in placed:
        if point.ci95 is not None:
            low, high = (FRAME.y(end) for end in point.ci95)
            parts += whisker(x, (low, high), f"whisker {kind}")
    return parts + [dot(place, f"mark {kind}") for place in known]


def _gap(curve: Curve) -> list[str]:
    """The area between confidence and accuracy: the Calibration Shift."""
    pairs = list(zip(STEPS, curve.accuracy, curve.confidence, strict=True))
    if any(one.value is None or other.value is None for _, one, other in pairs):
        return []
    below: list[Place] = [(FRAME.x(step), FRAME.y(one.value or 0.0)) for step, one, _ in pairs]
    above: list[Place] = [(FRAME.x(step), FRAME.y(other.value or 0.0)) for step, _, other in pairs]
    return [path([*below, *reversed(above)], "shift-area", closed=True)]


def _chance(runs: Sequence[Run], axis: str | None, value: str | None) -> float | None:
    """Guessing at random, from the first run that tells it."""
    for run in runs:
        metrics = run.results.metrics if axis is None else run.results.breakdowns.get(axis, {}).get(value or "", {})
        for name in ("accuracy", "degradation.accuracy"):
            if name in metrics and metrics[name].chance is not None:
                return metrics[name].chance
    return None


def _told(runs: Sequence[Run], number: int, curve: Curve) -> str:
    """The chart in words."""
    parts = []
    for name in SERIES:
        points = zip(SEVERITIES, getattr(curve, name), strict=True)
        parts.append(f"{name} " + ", ".join(f"{severity} {_shown(name, point)}" for severity, point in points))
    return f"{runs[number].results.model}, {curve.n} questions: {'; '.join(parts)}."


def _cells(curve: Curve) -> tuple[str, ...]:
    return tuple(_shown(name, point) for name in (*SERIES, "calibration_shift") for point in getattr(curve, name))


def _shown(metric: str, point: Point) -> str:
    if point.value is None or point.ci95 is None:
        return show(metric, point.value)
    low, high = (show(metric, end).removesuffix(" %") for end in point.ci95)
    return f"{show(metric, point.value)} [{low}, {high}]"
