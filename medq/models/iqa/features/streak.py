"""Streaks: energy of the spectrum that is concentrated in few directions."""

from __future__ import annotations

import numpy as np

from medq.models.iqa.picture import Picture

ANGLES = 360
BAND = (0.12, 0.45)  # cycles a pixel


def streak(picture: Picture) -> float:
    """Coefficient of variation, over fine angle, of the log spectrum in 0.12 to 0.45 cycles a pixel.

    At least 0; larger means that energy lies on separate lines through the origin, as under reconstruction from few
    projections (projection-slice theorem). The slow change with angle, which is anatomy, is taken off by a median
    filter over 7 degrees. A Hann window keeps the border from making a cross.
    """
    from scipy.ndimage import map_coordinates, median_filter

    grey = picture.grey.astype(np.float64)
    height, width = grey.shape
    windowed = (grey - grey.mean()) * np.outer(np.hanning(height), np.hanning(width))
    spectrum = np.log(np.abs(np.fft.fftshift(np.fft.fft2(windowed))) + 1e-3)
    angle = np.arange(ANGLES) * np.pi / ANGLES
    radius = np.linspace(*BAND, 96)
    y = height / 2 + np.outer(np.sin(angle), radius) * height
    x = width / 2 + np.outer(np.cos(angle), radius) * width
    profile = map_coordinates(spectrum, [y, x], order=1, mode="nearest").mean(axis=1)
    return float((profile - median_filter(profile, 15, mode="wrap")).std())
