"""Cartesian sampling: whole lines of k-space are measured or left out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.fft import fft, ifft

from medq_tasks.degradations.mri.acquisition import Complex, lines_to_image, lines_to_kspace
from medq_tasks.degradations.mri.sampling import Lines


@dataclass(frozen=True, eq=False, slots=True)
class CartesianEncoding:
    """Coil maps (coils, H, W) and the measured phase-encoding lines (H,).

    Data are (coils, H, W): k-space along the phase-encoding axis, image along the fully measured readout, 0 where a
    line was left out. Nothing has to be transformed along the readout.
    """

    maps: Complex
    measured: Lines

    @property
    def real_acceleration(self) -> float:
        """Lines over measured lines."""
        return len(self.measured) / int(self.measured.sum())

    def measure(self, image: Complex, *, noise_sigma: float, rng: np.random.Generator) -> Complex:
        """The masked data of an image; the noise of a line does not depend on which others are measured."""
        data = lines_to_kspace(self.maps * image)
        noise = rng.standard_normal((2, *data.shape), dtype=np.float32)
        noisy: Complex = (data + np.float32(noise_sigma) * (noise[0] + 1j * noise[1])) * self.measured[:, None]
        return noisy

    def adjoint(self, data: Complex) -> Complex:
        """The zero-filled image (H, W), coils combined with their sensitivities."""
        combined: Complex = (self.maps.conj() * lines_to_image(data * self.measured[:, None])).sum(0)
        return combined

    def normal(self, image: Complex) -> Complex:
        """E^H E image. The transform is not centred: a centring phase commutes with the mask."""
        kept = np.fft.ifftshift(self.measured)[:, None]
        if len(self.maps) == 1:
            return _masked(image, kept)
        combined: Complex = (self.maps.conj() * _masked(self.maps * image, kept)).sum(0)
        return combined


def _masked(image: Complex, kept: Lines) -> Complex:
    kspace = fft(image, axis=-2)
    kspace *= kept
    masked: Complex = ifft(kspace, axis=-2, overwrite_x=True)
    return masked
