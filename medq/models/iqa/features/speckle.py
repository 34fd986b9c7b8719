"""Speckle: the ratio of mean to standard deviation in small regions."""

from __future__ import annotations

import numpy as np

from medq.models.iqa.picture import Picture

WINDOW_PX = 9


def speckle(picture: Picture) -> float:
    """Median, over the content, of the local standard deviation over the local mean in 9 × 9 px; at least 0.

    Fully developed speckle of an amplitude image has 1/1.91 = 0.52 (Goodman, J. Opt. Soc. Am. 66 (1976) 1145); log
    compression lowers it.
    """
    from scipy.ndimage import uniform_filter

    grey = picture.grey.astype(np.float64)
    mean = uniform_filter(grey, WINDOW_PX)
    variance = np.maximum(uniform_filter(grey**2, WINDOW_PX) - mean**2, 0)
    usable = picture.content & (mean > 0.02)
    return float(np.median(np.sqrt(variance[usable]) / mean[usable])) if usable.any() else 0.0
