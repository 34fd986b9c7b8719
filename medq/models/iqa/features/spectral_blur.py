"""Spectral blur: how little of the power spectrum is left at fine detail."""

from __future__ import annotations

import numpy as np

from medq.models.iqa.picture import Picture

COARSE = (0.008, 0.035)  # cycles a pixel
FINE = (0.12, 0.30)
ROUNDING_POWER = 1 / 12 / 255**2  # of values rounded to 8 bits


def spectral_blur(picture: Picture) -> float:
    """log10 of the mean power at 0.008 to 0.035 cycles a pixel over that at 0.12 to 0.30.

    0 for white noise, about 2 to 4 for a sharp scene (power falls with the square of frequency: Field, J. Opt. Soc.
    Am. A 4 (1987) 2379), more when blurred, up to the floor that rounding to 8 bits leaves. A Hann window removes the
    border. 0 for a constant image.
    """
    grey = picture.grey.astype(np.float64)
    height, width = grey.shape
    window = np.outer(np.hanning(height), np.hanning(width))
    power = np.abs(np.fft.fft2((grey - grey.mean()) * window)) ** 2 / (window**2).sum()
    if power.max() < 1e-12:
        return 0.0
    frequency = np.hypot(np.fft.fftfreq(height)[:, None], np.fft.fftfreq(width)[None, :])
    coarse, fine = (power[(frequency >= low) & (frequency < high)].mean() for low, high in (COARSE, FINE))
    return float(np.log10((coarse + ROUNDING_POWER) / (fine + ROUNDING_POWER)))
