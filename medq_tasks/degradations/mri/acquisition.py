"""The acquisition that an MR magnitude image could come from: its k-space, and the phase and coils it does not show."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.fft import fft, fft2, fftshift, ifft, ifft2, ifftshift

from medq_tasks.degradations.spec import Image
from medq_tasks.errors import DegradationError

Complex = npt.NDArray[np.complex64]
PHASE_RANGE_RAD = 2.0  # of the synthetic phase over the field of view, as shim and coil phase give at 1.5 to 3 T
AXES = (-2, -1)


def to_kspace(image: npt.NDArray[Any]) -> Complex:
    """The centred orthonormal 2-D Fourier transform over the last two axes; frequency 0 at index n // 2."""
    kspace: Complex = fftshift(fft2(ifftshift(image, axes=AXES), norm="ortho"), axes=AXES)
    return kspace


def to_image(kspace: npt.NDArray[Any]) -> Complex:
    """The inverse of `to_kspace`."""
    image: Complex = fftshift(ifft2(ifftshift(kspace, axes=AXES), norm="ortho"), axes=AXES)
    return image


def lines_to_kspace(image: npt.NDArray[Any]) -> Complex:
    """The centred orthonormal Fourier transform along the phase-encoding axis (-2) alone."""
    kspace: Complex = fftshift(fft(ifftshift(image, axes=-2), axis=-2, norm="ortho"), axes=-2)
    return kspace


def lines_to_image(kspace: npt.NDArray[Any]) -> Complex:
    """The inverse of `lines_to_kspace`."""
    image: Complex = fftshift(ifft(ifftshift(kspace, axes=-2), axis=-2, norm="ortho"), axes=-2)
    return image


def with_phase(image: Image, rng: np.random.Generator) -> Complex:
    """The magnitude image (H, W) with a smooth random phase: a polynomial of order 2, 2 rad from end to end.

    A real image has a k-space that is conjugate symmetric: half of its lines would come free, and undersampling would
    look too easy. The phase is synthetic and must be declared as assumed.
    """
    y, x = unit_grid((image.shape[0], image.shape[1]))
    terms = np.stack(np.broadcast_arrays(x, y, x * y, x**2, y**2))
    phase = np.tensordot(rng.standard_normal(len(terms)), terms, axes=1)
    phase *= PHASE_RANGE_RAD / max(float(np.ptp(phase)), 1e-6)
    complex_image: Complex = (image * np.exp(1j * phase)).astype(np.complex64)
    return complex_image


def unit_grid(shape: tuple[int, int]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Row and column coordinates from -1 to 1, shapes (H, 1) and (1, W)."""
    return np.linspace(-1, 1, shape[0])[:, None], np.linspace(-1, 1, shape[1])[None, :]


def coil_maps(shape: tuple[int, int], coils: int) -> Complex:
    """Synthetic receive sensitivities (coils, H, W): Gaussian lobes on a ring round the field, each with its own phase.

    The sum of squares is 1 at every pixel. One coil is uniform.
    """
    if not 1 <= coils <= 64:
        raise DegradationError(f"coils must lie in [1, 64], got {coils!r}")
    if coils == 1:
        return np.ones((1, *shape), np.complex64)
    y, x = unit_grid(shape)
    maps = np.empty((coils, *shape), np.complex64)
    for coil in range(coils):
        angle = 2 * np.pi * coil / coils
        distance = (y - 1.1 * np.sin(angle)) ** 2 + (x - 1.1 * np.cos(angle)) ** 2
        maps[coil] = np.exp(-distance / 1.2 + 1j * (angle + 0.8 * (x * np.cos(angle) + y * np.sin(angle))))
    scaled: Complex = maps / np.sqrt((np.abs(maps) ** 2).sum(0))
    return scaled


def phase_encoded(image: npt.NDArray[Any], phase_axis: float) -> npt.NDArray[Any]:
    """The image turned so that its phase-encoding axis is 0; the same call turns it back.

    Raises `DegradationError` for an axis that is neither 0 (rows, up and down) nor 1 (columns, left and right).
    """
    if phase_axis not in (0, 1):
        raise DegradationError(f"phase_axis must be 0 (up and down) or 1 (left and right), got {phase_axis!r}")
    return image if phase_axis == 0 else np.ascontiguousarray(image.T)


def magnitude(image: Complex) -> Image:
    """The magnitude of a complex image, float32, clipped to [0, 1]."""
    return np.minimum(np.abs(image), 1).astype(np.float32)
