"""Anti-aliased shapes: what share of a pixel an object covers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from medq_tasks.degradations.optics.coordinates import Field, Shape, axes, pixel


@dataclass(frozen=True, slots=True)
class Window:
    """A rectangle of the image around an object, so that drawing many small things stays cheap.

    `rows` and `columns` are slices of the image; `y` (h, 1) and `x` (1, w) are distances from the object's centre,
    `px` the width of a pixel, in shorter sides.
    """

    rows: slice
    columns: slice
    y: Field
    x: Field
    px: float

    @property
    def at(self) -> tuple[slice, slice]:
        """The index of the window in an image."""
        return self.rows, self.columns


def window(shape: Shape, centre: tuple[float, float], reach: float) -> Window:
    """The window that holds everything within `reach` shorter sides of the centre; empty when that is outside."""
    y, x = axes(shape)
    rows = _between(y[:, 0], centre[0], reach)
    columns = _between(x[0], centre[1], reach)
    return Window(
        rows=rows,
        columns=columns,
        y=(y[rows] - np.float32(centre[0])).astype(np.float32),
        x=(x[:, columns] - np.float32(centre[1])).astype(np.float32),
        px=pixel(shape),
    )


def cover(distance: Field, px: float) -> Field:
    """Coverage in [0, 1] from the signed distance to an edge (negative inside), both in shorter sides; float32.

    >>> cover(np.float32([-1.0, 0.0, 1.0]), 0.01).tolist()
    [1.0, 0.5, 0.0]
    """
    return np.asarray(np.clip(0.5 - distance / px, 0.0, 1.0), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Outline:
    """A star-shaped outline: radius (1 + sum_k a_k cos(k angle + phase_k)) in units of its mean radius."""

    amplitudes: npt.NDArray[np.float64]
    phases: npt.NDArray[np.float64]

    def radius(self, angle: Field) -> Field:
        """The relative radius in the directions `angle` (radians), at least 0.2."""
        total = np.ones_like(angle)
        for k, (amplitude, phase) in enumerate(zip(self.amplitudes, self.phases, strict=True), start=2):
            total += np.float32(amplitude) * np.cos(k * angle + np.float32(phase))
        return np.asarray(np.maximum(total, 0.2), dtype=np.float32)

    def distance(self, y: Field, x: Field, size: float) -> Field:
        """Approximate signed distance to the outline of mean radius `size`, exact for a circle."""
        return np.asarray(np.hypot(y, x) - size * self.radius(np.arctan2(y, x)), dtype=np.float32)


def outline(rng: np.random.Generator, *, roughness: float, harmonics: int = 6) -> Outline:
    """A random outline; `roughness` 0 is a circle, 0.3 a ragged blot. Draws 2 * `harmonics` numbers."""
    sizes, phases = rng.uniform(size=(2, harmonics))
    orders = np.arange(2, harmonics + 2)
    return Outline(roughness * (0.4 + 0.6 * sizes) * 2.0 / orders, 2 * np.pi * phases)


def along(
    shape: Shape, ys: npt.NDArray[np.float64], xs: npt.NDArray[np.float64], *, reach: float
) -> tuple[Field, Field, Field]:
    """Distance (H, W) to a polyline, the position along it in [0, 1], and the side of it (+1 or -1); float32.

    `ys`, `xs` are its points in shorter sides. Position and side belong to the nearest segment. Only pixels within
    `reach` of a segment are worked out; the distance of the others is infinite.
    """
    nearest = np.full(shape[:2], np.inf, dtype=np.float32)
    position = np.zeros(shape[:2], dtype=np.float32)
    side = np.ones(shape[:2], dtype=np.float32)
    lengths = np.hypot(np.diff(ys), np.diff(xs))
    starts = np.concatenate([[0.0], np.cumsum(lengths)])
    for i, length in enumerate(lengths):
        area = window(shape, (ys[i], xs[i]), reach + length)
        uy, ux = (np.float32(d[i + 1] - d[i]) / np.float32(max(length, 1e-12)) for d in (ys, xs))
        t = np.clip(area.y * uy + area.x * ux, 0.0, np.float32(length))
        distance = np.hypot(area.y - t * uy, area.x - t * ux)
        closer = (distance < nearest[area.at]) & (distance <= reach)
        nearest[area.at][closer] = distance[closer]
        position[area.at][closer] = ((starts[i] + t) / max(starts[-1], 1e-12))[closer]
        side[area.at][closer] = np.where(area.y * ux - area.x * uy >= 0, 1.0, -1.0)[closer]
    return nearest, position, side


def _between(line: Field, centre: float, reach: float) -> slice:
    first = int(np.searchsorted(line, centre - reach))
    last = int(np.searchsorted(line, centre + reach, side="right"))
    return slice(first, last)
