"""A^T A of a parallel-beam scan as one convolution, whatever the number of views."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy.fft import fft, ifft, irfft, rfft, rfft2

from medq_tasks.degradations.ct.projector import Floats, Projector, projector_with

KERNELS_KEPT = 4  # a process; 2 MB each at 512 x 512
POWER_ITERATIONS = 12


@lru_cache(maxsize=KERNELS_KEPT)
def kernel_spectrum(geometry: Projector) -> Floats:
    """The real spectrum, (2 side, side + 1) float32, of the kernel that A^T A convolves a slice with.

    Without ray weights A^T A is Toeplitz: its kernel is the backprojection of one pixel's projection onto a square
    twice as wide. Source: Delaney and Bresler, IEEE Trans Image Process 1996;5:740.
    """
    wide = projector_with(2 * geometry.side, geometry.angles_rad, geometry.bins)
    ones = np.ones((geometry.views, geometry.bins // 2 + 1), np.complex64)
    kernel = wide.backproject(ones, 1 / geometry.bins)
    spectrum: Floats = rfft2(np.fft.ifftshift(kernel)).real.astype(np.float32)
    return spectrum


def apply_normal(geometry: Projector, slice_: Floats) -> Floats:
    """A^T A x for a slice (side, side), by two FFTs padded to twice the side."""
    side = geometry.side
    spectrum = fft(rfft(slice_, 2 * side, axis=1), 2 * side, axis=0)
    spectrum *= kernel_spectrum(geometry)
    columns = ifft(spectrum, axis=0, overwrite_x=True)[:side]
    result: npt.NDArray[np.float32] = irfft(columns, 2 * side, axis=1)[:, :side]
    return result


@lru_cache(maxsize=KERNELS_KEPT)
def largest_eigenvalue(geometry: Projector) -> float:
    """The largest eigenvalue of A^T A, 2 % above the estimate of power iterations from a constant slice."""
    slice_ = np.ones((geometry.side, geometry.side), np.float32)
    norm = 1.0
    for _ in range(POWER_ITERATIONS):
        slice_ = apply_normal(geometry, slice_ / np.float32(norm))
        norm = float(np.linalg.norm(slice_))
    return 1.02 * norm
