"""Compressed sensing: FISTA with a sparse wavelet transform or with total variation."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import cycle

import numpy as np

from medq_tasks.degradations.mri.acquisition import Complex
from medq_tasks.degradations.mri.encoding import Encoding
from medq_tasks.degradations.total_variation import TotalVariation

WAVELET = "db2"  # as good as db4 on MR images with moving grids, at three quarters of its time
LEVELS = 5
SHIFTS_PX = ((0, 0), (5, 11), (10, 6), (15, 1), (4, 12), (9, 7), (14, 2), (3, 13))
Proximal = Callable[[Complex, float], Complex]


def fista(encoding: Encoding, data: Complex, proximal: Proximal, *, weight: float, iterations: int = 50) -> Complex:
    """argmin |E x - y|^2 / 2 + weight R(x), (H, W), with the proximal step of R; starts from the adjoint's image.

    Source: Beck and Teboulle 2009 (doi 10.1137/080716542); in MRI, Lustig et al. 2007 (doi 10.1002/mrm.21391).
    """
    adjoint = encoding.adjoint(data)
    step = np.float32(1 / largest_eigenvalue(encoding, adjoint))
    current, ahead, momentum = adjoint, adjoint, 1.0
    for _ in range(iterations):
        following = proximal(ahead - step * (encoding.normal(ahead) - adjoint), weight * float(step))
        next_momentum = (1 + math.sqrt(1 + 4 * momentum**2)) / 2
        ahead = following + np.float32((momentum - 1) / next_momentum) * (following - current)
        current, momentum = following, next_momentum
    return current


def largest_eigenvalue(encoding: Encoding, start: Complex) -> float:
    """The norm of E^H E, at least 1 (which a Cartesian encoding with normalised coils has); power iterations."""
    from medq_tasks.degradations.mri.cartesian import CartesianEncoding

    if isinstance(encoding, CartesianEncoding) or not start.any():
        return 1.0
    vector, norm = start, float(np.linalg.norm(start))
    for _ in range(8):
        vector = encoding.normal(vector / np.float32(norm))
        norm = float(np.linalg.norm(vector))
    return max(1.05 * norm, 1.0)


def wavelet_shrinkage(image: Complex, threshold: float) -> Complex:
    """The image with the magnitude of its wavelet details (Daubechies 2, 5 levels) lowered by the threshold."""
    import pywt

    height, width = image.shape
    levels = min(LEVELS, max(int(math.log2(min(height, width) / 8)), 1))
    coarse, *details = pywt.wavedec2(image, WAVELET, mode="periodization", level=levels)
    shrunk = [tuple(_shrunk(part, np.float32(threshold)) for part in level) for level in details]
    restored: Complex = pywt.waverec2([coarse, *shrunk], WAVELET, mode="periodization")[:height, :width]
    return restored


def shifting_wavelets() -> Proximal:
    """`wavelet_shrinkage` on a grid that moves from call to call by a fixed sequence, which avoids its blocky traces.

    Source: Coifman and Donoho 1995 (cycle spinning); Figueiredo and Nowak 2003 (random shifts in iterations).
    """
    shifts = cycle(SHIFTS_PX)

    def shrink(image: Complex, threshold: float) -> Complex:
        down, right = next(shifts)
        moved = wavelet_shrinkage(np.roll(image, (down, right), (0, 1)), threshold)
        return np.roll(moved, (-down, -right), (0, 1))

    return shrink


def total_variation(shape: tuple[int, int]) -> Proximal:
    """The proximal step of total variation for complex images of a shape."""
    return TotalVariation(shape, np.complex64)


def _shrunk(values: Complex, threshold: np.float32) -> Complex:
    size = np.abs(values)
    scale = np.maximum(size - threshold, 0) / np.maximum(size, np.float32(1e-12))
    shrunk: Complex = values * scale
    return shrunk
