"""Radial sampling: spokes through the centre of k-space; too few of them leave streaks."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from medq_tasks.degradations.mri.acquisition import Complex
from medq_tasks.errors import DegradationError

TOLERANCE = 1e-5
READOUT_OVERSAMPLING = 2


@dataclass(frozen=True, eq=False, slots=True)
class RadialEncoding:
    """Coil maps (coils, H, W) and `spokes` over 180 degrees from `start_rad`, with density compensation in the data.

    Data are (coils, samples) complex64, each sample times the square root of the area of k-space that it stands for.
    """

    maps: Complex
    spokes: int
    start_rad: float
    plan: Any
    root_density: npt.NDArray[np.float32]

    @property
    def real_acceleration(self) -> float:
        """pi / 2 x the longer side, the spokes of a full acquisition (Nyquist at the rim), over the spokes."""
        return full_spokes(self.maps.shape[1:]) / self.spokes

    def measure(self, image: Complex, *, noise_sigma: float, rng: np.random.Generator) -> Complex:
        """The weighted samples of an image with noise of the same sd in each sample."""
        data = self.plan.execute(np.ascontiguousarray(self.maps * image)).reshape(len(self.maps), -1)
        noise = rng.standard_normal((2, *data.shape), dtype=np.float32)
        scale = math.sqrt(image.size)  # the noise is that of an orthonormal transform
        weighted: Complex = (data + np.float32(noise_sigma * scale) * (noise[0] + 1j * noise[1])) * self.root_density
        return weighted.astype(np.complex64)

    def adjoint(self, data: Complex) -> Complex:
        """The gridded image (H, W), coils combined with their sensitivities."""
        grids = self.plan.execute_adjoint(np.ascontiguousarray(data * self.root_density))
        combined: Complex = (self.maps.conj() * grids.reshape(self.maps.shape)).sum(0)
        return combined

    def normal(self, image: Complex) -> Complex:
        """E^H E image through the samples."""
        data = self.plan.execute(np.ascontiguousarray(self.maps * image)).reshape(len(self.maps), -1)
        return self.adjoint(data * self.root_density)


def full_spokes(shape: tuple[int, ...]) -> int:
    """The spokes that sample the rim of k-space at the Nyquist distance."""
    return math.ceil(math.pi / 2 * max(shape))


def radial_encoding(maps: Complex, *, acceleration: float, start: float) -> RadialEncoding:
    """The encoding with full spokes / `acceleration` spokes, the first turned by `start` in [0, 1) of a step."""
    from finufft import Plan

    coils, height, width = maps.shape
    spokes = max(round(full_spokes((height, width)) / acceleration), 1)
    if not acceleration >= 1:
        raise DegradationError(f"acceleration must be at least 1, got {acceleration!r}")
    samples = READOUT_OVERSAMPLING * max(height, width)
    angles = (np.arange(spokes) + start)[:, None] * (math.pi / spokes)
    radius = (np.arange(samples) - samples // 2) * (2 * math.pi / samples)
    plan = Plan(2, (height, width), n_trans=coils, eps=TOLERANCE, isign=-1, dtype="complex64", nthreads=1)
    plan.setpts(*((direction * radius).ravel().astype(np.float32) for direction in (np.sin(angles), np.cos(angles))))
    ring = np.maximum(np.abs(radius), radius[-1] / samples / 2)
    area = ring * (2 * math.pi / samples) * (math.pi / spokes) / (2 * math.pi) ** 2
    root = np.sqrt(np.tile(area, spokes)).astype(np.float32)
    return RadialEncoding(maps, spokes, start * math.pi / spokes, plan, root)
