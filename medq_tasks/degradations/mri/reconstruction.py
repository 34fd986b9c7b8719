"""The reconstructions of undersampled MRI by name."""

from __future__ import annotations

from medq_tasks.degradations.mri.acquisition import Complex
from medq_tasks.degradations.mri.cartesian import CartesianEncoding
from medq_tasks.degradations.mri.compressed_sensing import fista, shifting_wavelets, total_variation
from medq_tasks.degradations.mri.encoding import Encoding
from medq_tasks.degradations.mri.grappa import grappa
from medq_tasks.degradations.mri.sense import cg_sense
from medq_tasks.errors import DegradationError

COILS = {"zero_filled": 1, "sense": 8, "grappa": 12, "l1_wavelet": 1, "tv": 1}  # where the caller names none
WEIGHT = {"zero_filled": 0.0, "sense": 1e-3, "grappa": 1e-4, "l1_wavelet": 4e-3, "tv": 2e-3}


def check_method(reconstruction: str, pattern: str) -> None:
    """Raises `DegradationError` for an unknown method, and for GRAPPA off an equispaced grid."""
    if reconstruction not in COILS:
        raise DegradationError(f"reconstruction must be one of {', '.join(COILS)}, got {reconstruction!r}")
    if reconstruction == "grappa" and pattern != "equispaced":
        raise DegradationError(f"GRAPPA needs pattern 'equispaced', got {pattern!r}")


def reconstruct(
    encoding: Encoding, data: Complex, *, reconstruction: str, acceleration: float, weight: float | None
) -> Complex:
    """The complex image (H, W) by the named method with the weight of its regulariser."""
    strength = WEIGHT[reconstruction] if weight is None else weight
    if reconstruction == "sense":
        return cg_sense(encoding, data, weight=strength)
    if reconstruction == "grappa" and isinstance(encoding, CartesianEncoding):
        return grappa(encoding, data, step=round(acceleration), weight=strength)
    if reconstruction == "l1_wavelet":
        return fista(encoding, data, shifting_wavelets(), weight=strength)
    image = encoding.adjoint(data)
    if reconstruction == "tv":
        return fista(encoding, data, total_variation((image.shape[0], image.shape[1])), weight=strength)
    return image
