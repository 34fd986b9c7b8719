"""Missing lines: rows or columns of the spectrum that undersampling left emptier than their neighbours."""

from __future__ import annotations

import numpy as np

from medq.models.iqa.picture import Picture

NEIGHBOURS = 9


def line_gaps(picture: Picture) -> float:
    """Roughness from line to line of the mean log10 magnitude of k-space, the larger of both axes; at least 0.

    The standard deviation of the profile less its running median over 9 lines. About 0.02 for a complete scan, more
    the more lines were left empty. A Hann window keeps the border from filling the gaps.
    """
    from scipy.ndimage import median_filter

    grey = picture.grey.astype(np.float64)
    height, width = grey.shape
    windowed = (grey - grey.mean()) * np.outer(np.hanning(height), np.hanning(width))
    magnitude = np.log10(np.abs(np.fft.fftshift(np.fft.fft2(windowed))) + 1e-3)
    profiles = (magnitude.mean(axis=1), magnitude.mean(axis=0))
    return max(float((profile - median_filter(profile, NEIGHBOURS)).std()) for profile in profiles)
