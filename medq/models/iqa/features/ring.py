"""Rings: brightness that depends on the distance from the centre of the image alone."""

from __future__ import annotations

import numpy as np

from medq.models.iqa.picture import Picture

ANGLES = 360
SMOOTH_PX = 9


def ring(picture: Picture) -> float:
    """Standard deviation of the angular median of the radially high-passed image, over that of single pixels.

    At least 0; larger means more pronounced concentric rings around the image's centre. Without rings the median
    over 360 angles averages out; anatomy that is not concentric does too.
    """
    from scipy.ndimage import map_coordinates, median_filter

    grey = picture.grey.astype(np.float64)
    height, width = grey.shape
    radius = np.arange(4, min(height, width) // 2 - 2, dtype=np.float64)
    angle = np.arange(ANGLES) * 2 * np.pi / ANGLES
    y = (height - 1) / 2 + np.outer(radius, np.sin(angle))
    x = (width - 1) / 2 + np.outer(radius, np.cos(angle))
    polar = map_coordinates(grey, [y, x], order=1)
    rough = polar - median_filter(polar, (SMOOTH_PX, 1))
    single = float(np.median(np.abs(rough)))
    return float(np.median(np.abs(np.median(rough, axis=1)))) / single if single > 1e-6 else 0.0
