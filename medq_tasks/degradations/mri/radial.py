"""Radial sampling: spokes through the centre of k-space; too few of them leave streaks."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.fft import fft, fft2, ifft, ifftshift

from medq_tasks.degradations.mri.acquisition import Complex
from medq_tasks.errors import DegradationError

TOLERANCE = 1e-5
READOUT_OVERSAMPLING = 2


@dataclass(frozen=True, eq=False)
class RadialEncoding:
    """Coil maps (coils, H, W) and `spokes` over 180 degrees from `start_rad`, with density compensation in the data.

    Data are (coils, samples) complex64, each sample times the square root of the area of k-space that it stands for.
    """

    maps: Complex
    spokes: int
    start_rad: float
    plan: Any
    points: tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]
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
        """E^H E image: sampling and gridding is a convolution, so two FFTs padded to twice the sides for each coil."""
        height, width = image.shape
        combined = np.zeros_like(image)
        for one in self.maps:
            spectrum = fft(fft(one * image, 2 * width, axis=1), 2 * height, axis=0, overwrite_x=True)
            spectrum *= self.kernel_spectrum
            rows = ifft(spectrum, axis=0, overwrite_x=True)[:height]
            combined += one.conj() * ifft(rows, axis=1, overwrite_x=True)[:, :width]
        return combined

    @cached_property
    def kernel_spectrum(self) -> npt.NDArray[np.float32]:
        """The real spectrum (2 H, 2 W) of the kernel: the gridded density itself, on a field of twice the sides.

        Source: Fessler et al., IEEE Trans Signal Process 2005;53:3393 (Toeplitz form of non-Cartesian MRI).
        """
        from finufft import nufft2d1

        density = (self.root_density**2).astype(np.complex64)
        shape = (2 * self.maps.shape[1], 2 * self.maps.shape[2])
        kernel = nufft2d1(*self.points, density, shape, eps=TOLERANCE, isign=1, nthreads=1)
        spectrum: npt.NDArray[np.float32] = fft2(ifftshift(kernel)).real.astype(np.float32)
        return spectrum


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
    down, right = ((direction * radius).ravel().astype(np.float32) for direction in (np.sin(angles), np.cos(angles)))
    plan.setpts(down, right)
    ring = np.maximum(np.abs(radius), radius[-1] / samples / 2)
    area = ring * (2 * math.pi / samples) * (math.pi / spokes) / (2 * math.pi) ** 2
    root = np.sqrt(np.tile(area, spokes)).astype(np.float32)
    return RadialEncoding(maps, spokes, start * math.pi / spokes, plan, (down, right), root)
