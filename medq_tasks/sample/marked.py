"""An original as the MedQ-Deg-shaped sample shows it: small, with a known number of markers drawn on it."""

from __future__ import annotations

import hashlib

import numpy as np

from medq_tasks.sample.degradation_catalogue import Markers
from medq_tasks.sample.opening import Pixels

RIM = 0.35  # share of the radius that is black
TRIES = 1000


def marked(pixels: Pixels, *, count: int, name: str, side_px: int, markers: Markers) -> Pixels:
    """A copy of the (H, W) or (H, W, 3) uint8 image, at most `side_px` a side, with `count` markers.

    A marker is a white disc with a black rim. All lie in a ring around the centre, so that they stay inside under
    rotation, and apart by at least a radius; the places are fixed by `name`.
    """
    small = _at_most(pixels, side_px)
    height, width = small.shape[:2]
    side = min(height, width)
    radius = max(5.0, markers.radius_share * side)
    rng = np.random.Generator(np.random.Philox(int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")))
    y, x = np.mgrid[:height, :width]
    for row, column in _places(rng, count, radius, (markers.ring_share[0] * side, markers.ring_share[1] * side)):
        distance = np.hypot(y - height / 2 - row, x - width / 2 - column)
        small[distance <= radius] = 0
        small[distance <= radius * (1 - RIM)] = 255
    return small


def _places(
    rng: np.random.Generator, count: int, radius: float, ring: tuple[float, float]
) -> list[tuple[float, float]]:
    places: list[tuple[float, float]] = []
    for _ in range(TRIES):
        if len(places) == count:
            break
        angle, distance = rng.uniform(0, 2 * np.pi), rng.uniform(ring[0], ring[1])
        place = (distance * np.sin(angle), distance * np.cos(angle))
        if all(np.hypot(place[0] - row, place[1] - column) >= 3 * radius for row, column in places):
            places.append(place)
    return places


def _at_most(pixels: Pixels, side_px: int) -> Pixels:
    height, width = pixels.shape[:2]
    factor = side_px / max(height, width)
    if factor >= 1:
        return pixels.copy()
    from skimage.transform import resize

    shape = (round(height * factor), round(width * factor), *pixels.shape[2:])
    return np.asarray(np.rint(resize(pixels / 255.0, shape, anti_aliasing=True) * 255), np.uint8)
