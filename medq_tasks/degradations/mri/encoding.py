"""What the reconstructions ask of an acquisition: measuring, its adjoint, and both in a row."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from medq_tasks.degradations.mri.acquisition import Complex


class Encoding(Protocol):
    """The linear map E from an image (H, W) to the data of all coils, scaled so that |E^H E| is about 1.

    Fully sampled and without noise, `adjoint(measure(x))` is x.
    """

    @property
    def real_acceleration(self) -> float:
        """Samples of a full acquisition over the measured ones."""

    def measure(self, image: Complex, *, noise_sigma: float, rng: np.random.Generator) -> Complex:
        """The data of an image with complex noise, sd `noise_sigma` in each of real and imaginary part."""

    def adjoint(self, data: Complex) -> Complex:
        """E^H data, (H, W): the zero-filled (or gridded), coil-combined image."""

    def normal(self, image: Complex) -> Complex:
        """E^H E image, (H, W)."""
