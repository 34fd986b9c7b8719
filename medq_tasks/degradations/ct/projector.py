"""Parallel-beam projection and its exact adjoint by the projection-slice theorem and a non-uniform FFT."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.fft import irfft, next_fast_len, rfft

Floats = npt.NDArray[np.float32]
TOLERANCE = 1e-4  # of finufft; 0.3 % error against analytic sinograms comes from the pixels, not from this
PLANS_KEPT = 4  # a process; about 15 MB each at 512 x 512


@dataclass(frozen=True, slots=True)
class Projector:
    """The operator A of a parallel-beam scan: `forward` is A, `adjoint` is A^T.

    The slice is (side, side) float32, rows top down; the rotation centre is pixel (side // 2, side // 2). A sinogram
    is (views, bins) float32: row i holds the line integrals, in value x pixels, along the lines
    x cos(angle) + y sin(angle) = s with s = bin - bins // 2 pixels, x to the right, y down. `bins` exceeds the
    diagonal, because the FFT makes the detector periodic. One thread: results are equal bit for bit in every run.
    Source: Bracewell 1956 (projection-slice); Barnett et al. 2019 (FINUFFT).
    """

    side: int
    angles_rad: tuple[float, ...]
    bins: int

    @property
    def views(self) -> int:
        """The number of projections."""
        return len(self.angles_rad)

    def forward(self, slice_: Floats) -> Floats:
        """The sinogram (views, bins) of a slice (side, side)."""
        spectrum = _plan(self).execute(slice_.astype(np.complex64)).reshape(self.views, -1)
        sinogram: Floats = irfft(spectrum * _centring(self.bins), self.bins, axis=1)
        return sinogram

    def adjoint(self, sinogram: Floats) -> Floats:
        """The unfiltered backprojection (side, side): <A x, y> = <x, A^T y>."""
        return self.backproject(self.spectrum(sinogram), 1 / self.bins)

    def spectrum(self, sinogram: Floats) -> npt.NDArray[np.complex64]:
        """The Fourier transform (views, bins // 2 + 1) of each projection about the rotation centre."""
        transform: npt.NDArray[np.complex64] = rfft(sinogram, axis=1) * _centring(self.bins)
        return transform

    def backproject(self, spectrum: npt.NDArray[np.complex64], weight: float | Floats) -> Floats:
        """Sum over views and both signs of the frequency of weight x spectrum x its plane wave, (side, side)."""
        weighted = spectrum * (weight * _half_spectrum(self.bins))
        grid: npt.NDArray[np.complex64] = _plan(self).execute_adjoint(weighted.astype(np.complex64).ravel())
        return np.ascontiguousarray(grid.real)


def projector(side: int, angles_rad: npt.NDArray[np.float64]) -> Projector:
    """The projector of a square slice with a detector of one bin a pixel that covers the diagonal."""
    return Projector(side, tuple(angles_rad.tolist()), detector_bins(side))


def projector_with(side: int, angles_rad: tuple[float, ...], bins: int) -> Projector:
    """The projector of the same rays over another square; `bins` may be fewer than its diagonal for a kernel only."""
    return Projector(side, angles_rad, bins)


def detector_bins(side: int) -> int:
    """The even number of bins, quick to transform, that covers the diagonal of a slice with 4 px to spare."""
    return int(next_fast_len(int(np.ceil(np.sqrt(2) * side / 2)) + 2, real=True)) * 2


def half_turn(views: int, *, start: float = 0.0) -> npt.NDArray[np.float64]:
    """`views` angles in rad, spread evenly over 180 degrees; `start` in [0, 1) shifts them by that share of a step."""
    return np.linspace(0, np.pi, views, endpoint=False, dtype=np.float64) + start * np.pi / views


def _half_spectrum(bins: int) -> Floats:
    weights = np.full(bins // 2 + 1, 2, np.float32)
    weights[0] = weights[-1] = 1
    return weights


def _centring(bins: int) -> Floats:
    return np.where(np.arange(bins // 2 + 1) % 2, -1, 1).astype(np.float32)


@lru_cache(maxsize=PLANS_KEPT)
def _plan(geometry: Projector) -> Any:
    from finufft import Plan

    plan_of: Callable[..., Any] = Plan
    side = geometry.side
    plan = plan_of(2, (side, side), eps=TOLERANCE, isign=-1, dtype="complex64", nthreads=1)
    omega = np.arange(geometry.bins // 2 + 1) * (2 * np.pi / geometry.bins)
    angles = np.asarray(geometry.angles_rad)[:, None]
    plan.setpts(*((direction * omega).ravel().astype(np.float32) for direction in (np.sin(angles), np.cos(angles))))
    return plan
