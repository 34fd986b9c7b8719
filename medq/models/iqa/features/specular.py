"""Specular reflections: small, white, clipped spots with a steep rim."""

from __future__ import annotations

import numpy as np

from medq.models.iqa.picture import Picture

BRIGHT = 0.9
STEP = 0.08  # above the local median
NEIGHBOURHOOD_SHARE = 0.12


def specular(picture: Picture) -> float:
    """Share of the content that is near white in all channels and clearly above its neighbourhood's mean, in [0, 1].

    A bright wall or background that fills its neighbourhood does not count, a spot on it does.
    """
    from scipy.ndimage import uniform_filter

    floor = picture.rgb.min(axis=-1)
    size = max(5, round(NEIGHBOURHOOD_SHARE * min(floor.shape)))
    spots = (floor >= BRIGHT) & (floor - uniform_filter(floor, size) >= STEP)
    return float(np.mean(spots[picture.content]))
