"""Uneven illumination: how the light of a small lamp falls off over the picture."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.coordinates import Field, Shape, axes


def falloff(shape: Shape, *, centre: tuple[float, float], reach: float) -> Field:
    """Relative irradiance (H, W) in (0, 1] of a plane lit from `centre` by a lamp at height `reach`, 1 at the centre.

    E = (1 + (d / reach)^2)^-2: inverse-square law times the cosines of emission and incidence (the cosine-fourth
    law); d is the distance from the centre. Lengths in shorter sides.
    """
    y, x = axes(shape)
    squared = (y - centre[0]) ** 2 + (x - centre[1]) ** 2
    return ((1.0 + squared / reach**2) ** -2).astype(np.float32)


def off_centre(rng: np.random.Generator, *, least: float, most: float) -> tuple[float, float]:
    """A random point whose distance from the image's centre lies between `least` and `most` shorter sides."""
    turn, share = rng.uniform(size=2)
    distance = least + (most - least) * share
    return float(distance * np.sin(2 * np.pi * turn)), float(distance * np.cos(2 * np.pi * turn))
