"""Ghosts: copies of the anatomy, shifted along one axis."""

from __future__ import annotations

import numpy as np

from medq.models.iqa.picture import Picture

NEAREST_SHARE, FURTHEST_SHARE = 0.08, 0.6  # of the side: shifts that count as ghosts
SMOOTH_PX = 2.0


def ghost(picture: Picture) -> float:
    """Largest normalised autocorrelation of the edges at a shift along one axis, above that at neighbouring shifts.

    In [0, 1]; larger means a stronger or sharper copy. Edges are the high-passed image, so slow shading does not
    correlate with itself. Computed by FFT (Wiener–Khinchin) with zero padding.
    """
    from scipy.ndimage import gaussian_filter, median_filter

    grey = picture.grey.astype(np.float64)
    edges = grey - gaussian_filter(grey, SMOOTH_PX)
    best = 0.0
    for axis in (0, 1):
        size = edges.shape[axis]
        spectrum = np.fft.rfft(edges, 2 * size, axis=axis)
        correlation = np.fft.irfft((np.abs(spectrum) ** 2).sum(axis=1 - axis))[:size]
        if correlation[0] <= 0:
            return 0.0
        shares = correlation / correlation[0] * size / np.maximum(size - np.arange(size), 1)
        peaks = shares - median_filter(shares, 15)
        best = max(best, float(peaks[round(NEAREST_SHARE * size) : round(FURTHEST_SHARE * size)].max()))
    return best
