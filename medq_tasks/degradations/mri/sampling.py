"""Which lines of k-space are measured: Cartesian masks and the acceleration that they really give."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from medq_tasks.errors import DegradationError

Lines = npt.NDArray[np.bool_]
CARTESIAN = ("equispaced", "variable_density")
MIN_CENTRE_LINES = 4


def cartesian_lines(
    lines: int, *, pattern: str, acceleration: float, centre_share: float, rng: np.random.Generator
) -> Lines:
    """The measured phase-encoding lines, (lines,) bool; the central ones (`centre_share`, at least 4) always are.

    "equispaced": every `acceleration`-th line from a random one, so that the image folds; the centre comes on top, and
    the real acceleration is lower. "variable_density": lines / acceleration in all, drawn with a density that falls
    with the square of the distance from the centre; masks of the same stream are nested. Real acceleration =
    lines / measured lines.
    """
    if not 1 <= acceleration <= lines / MIN_CENTRE_LINES:
        raise DegradationError(f"acceleration must lie in [1, {lines // MIN_CENTRE_LINES}], got {acceleration!r}")
    draw = rng.random(lines + 1)
    centre = centre_lines(lines, centre_share)
    if pattern == "equispaced":
        step = round(acceleration)
        comb: Lines = np.arange(lines) % step == int(draw[-1] * step)
        return comb | centre
    if pattern == "variable_density":
        return _densest(centre, draw[:-1], round(lines / acceleration))
    raise DegradationError(f"pattern must be one of {', '.join(CARTESIAN)} or radial, got {pattern!r}")


def centre_lines(lines: int, centre_share: float) -> Lines:
    """The central lines, (lines,) bool: `centre_share` of all, at least 4."""
    if not 0 <= centre_share <= 1:
        raise DegradationError(f"centre_share must lie in [0, 1], got {centre_share!r}")
    count = max(round(centre_share * lines), MIN_CENTRE_LINES)
    index = np.arange(lines)
    first = lines // 2 - count // 2
    return (index >= first) & (index < first + count)


def centre_block(measured: Lines) -> slice:
    """The run of measured lines round the centre line."""
    middle = len(measured) // 2
    above = np.flatnonzero(~measured[:middle])
    below = np.flatnonzero(~measured[middle:])
    first = int(above[-1]) + 1 if len(above) else 0
    return slice(first, middle + int(below[0]) if len(below) else len(measured))


def _densest(centre: Lines, draw: npt.NDArray[np.float64], count: int) -> Lines:
    lines = len(centre)
    distance = np.abs(np.arange(lines) - lines // 2) / (lines / 2)
    density = (1 - 0.9 * distance) ** 2 + 0.02
    score = np.where(centre, 2 + (1 - distance), draw ** (1 / density))
    chosen = np.zeros(lines, bool)
    chosen[np.argsort(-score, kind="stable")[:count]] = True
    return chosen
