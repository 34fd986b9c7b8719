"""A chart with what stands around it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One run's numbers of one chart as text: accuracy, confidence and shift at each severity."""

    run: int
    n: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """A chart with its heading and its numbers; `run` is the run that it belongs to, None where it shows all."""

    title: str
    chart: str
    rows: tuple[Row, ...]
    run: int | None = None


@dataclass(frozen=True, slots=True)
class PanelGroup:
    """The charts of one axis."""

    name: str
    panels: tuple[Panel, ...]
