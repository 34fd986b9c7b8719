"""Markers drawn on an original in a known number, for questions that count."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
import numpy.typing as npt

from medq_tasks.construction.spec import Markers

RIM = 0.35  # share of the radius that is black
RADIUS_PX_MIN = 5.0
TRIES = 1000


def draw_markers(pixels: npt.NDArray[Any], markers: Markers, *, count: int, name: str) -> npt.NDArray[Any]:
    """A copy of the (H, W) or (H, W, 3) uint8 image with `count` markers.

    A marker is a white disc with a black rim. All lie in a ring around the centre, so that they stay inside under
    rotation, and apart by at least a radius; the places are fixed by `name`.
    """
    drawn = pixels.copy()
    height, width = drawn.shape[:2]
    side = min(height, width)
    radius = max(RADIUS_PX_MIN, markers.radius_share * side)
    near, far = (share * side for share in markers.ring_share)
    rng = np.random.Generator(np.random.Philox(int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")))
    y, x = np.mgrid[:height, :width]
    for row, column in _places(rng, count, radius, (near, far)):
        distance = np.hypot(y - height / 2 - row, x - width / 2 - column)
        drawn[distance <= radius] = 0
        drawn[distance <= radius * (1 - RIM)] = 255
    return drawn


def _places(
    rng: np.random.Generator, count: int, radius: float, ring: tuple[float, float]
) -> list[tuple[float, float]]:
    places: list[tuple[float, float]] = []
    for _ in range(TRIES):
        if len(places) == count:
            break
        angle, distance = rng.uniform(0, 2 * np.pi), rng.uniform(*ring)
        place = (distance * np.sin(angle), distance * np.cos(angle))
        if all(np.hypot(place[0] - row, place[1] - column) >= 3 * radius for row, column in places):
            places.append(place)
    return places
