"""Filtered backprojection (FBP), the reconstruction of clinical scanners."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from scipy.fft import irfft, next_fast_len, rfft

from medq_tasks.degradations.ct.projector import Floats, Projector
from medq_tasks.errors import DegradationError

KERNELS = ("hann", "ram_lak")


def filtered_backprojection(
    projector: Projector, sinogram: Floats, *, kernel: str = "hann", step_rad: float | None = None
) -> Floats:
    """The slice (side, side) whose projections the sinogram holds, in the sinogram's unit a pixel.

    `kernel` windows the ramp filter: "ram_lak" not at all, "hann" by (1 + cos(pi f / f_Nyquist)) / 2 as soft-tissue
    kernels do. `step_rad` is the angle between neighbouring views; by default the views share 180 degrees evenly
    (over a full turn each line is then seen twice at half the weight). Source: Kak and Slaney, Principles of
    Computerized Tomographic Imaging, ch. 3.
    """
    step = math.pi / projector.views if step_rad is None else step_rad
    filtered = _filtered(sinogram, kernel)
    return projector.backproject(projector.spectrum(filtered), step / projector.bins)


def _filtered(sinogram: Floats, kernel: str) -> Floats:
    """Each projection convolved with the ramp; padded, as a wrapped ramp shifts the level."""
    bins = sinogram.shape[1]
    length = next_fast_len(2 * bins, real=True)
    spectrum = rfft(sinogram, length, axis=1)
    spectrum *= ramp(length, kernel)
    filtered: Floats = irfft(spectrum, length, axis=1, overwrite_x=True)[:, :bins]
    return filtered


@lru_cache(maxsize=8)
def ramp(length: int, kernel: str) -> Floats:
    """The filter's transfer function at the length // 2 + 1 frequencies of a real FFT: |f| in cycles a pixel, windowed.

    It is the transform of the band-limited ramp sampled in space (1/4 at 0, -1 / (pi n)^2 at odd n, 0 at even n),
    whose value at frequency 0 is not 0; a sampled |f| would darken the slice.
    """
    if kernel not in KERNELS:
        raise DegradationError(f"kernel must be one of {', '.join(KERNELS)}, got {kernel!r}")
    n = np.rint(np.fft.fftfreq(length, 1 / length)).astype(int)
    odd = n % 2 != 0
    response = np.zeros(length)
    response[0] = 1 / 4
    response[odd] = -1 / (np.pi * n[odd]) ** 2
    values = rfft(response).real
    if kernel == "hann":
        values = values * (1 + np.cos(2 * np.pi * np.fft.rfftfreq(length))) / 2
    filter_: Floats = values.astype(np.float32)
    return filter_
