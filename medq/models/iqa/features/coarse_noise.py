"""Coarse noise: noise whose grain is wider than a pixel, as a reconstruction's kernel or an interpolation leaves it."""

from __future__ import annotations

import numpy as np

from medq.models.iqa.features.noise import diagonal_sigma
from medq.models.iqa.picture import Picture


def coarse_noise(picture: Picture) -> float:
    """sigma from the diagonal wavelet coefficients of the second level, in the content, in grey levels of 255.

    At least 0; equal to `noise` for white noise. CT noise has little power at the finest level, where an apodised
    kernel cuts it off, so that the image's own grain hides a little more of it there. Texture reads as noise here too.
    """
    import pywt

    smooth = np.asarray(pywt.dwt2(picture.grey, "db2")[0])
    return diagonal_sigma(smooth, picture.content[::2, ::2])
