"""Between pixel values and linear attenuation: the declared window in Hounsfield units and the pixel size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from medq_tasks.degradations.ct.projector import Floats
from medq_tasks.degradations.spec import Image
from medq_tasks.errors import DegradationError

MU_WATER_PER_MM = 0.0193  # at 70 keV, the effective energy of a 120 kVp beam (NIST XCOM, water)
ASSUMED_WINDOW_HU = (-500.0, 500.0)
ASSUMED_FIELD_MM = 360.0  # width of the image where no pixel size is given
ASSUMED_DEPTH_MM = (
    280.0  # water equivalent of the longest path then; a close-up gets smaller pixels instead of more body
)
AIR_HU = -1000.0
TISSUE = 0.7  # of the attenuation of water
CUT_SHARE = 0.25  # of the border that is tissue when the body goes on beyond the image
TOE = 0.04  # below this pixel value a window that does not reach air is ramped down to air


@dataclass(frozen=True, slots=True)
class Slice:
    """One slice ready to be scanned.

    `mu` is (side, side) float32 attenuation a pixel (1/px) with air around, side even; `image` the (H, W) input in
    [0, 1]. `window_hu` are the HU of pixel values 0 and 1. `assumed` names what the caller did not declare.
    """

    image: Image
    mu: Floats
    window_hu: tuple[float, float]
    pixel_mm: float
    assumed: tuple[str, ...]

    @property
    def side(self) -> int:
        """The side of the square that is scanned, in px."""
        return int(self.mu.shape[0])

    @property
    def mu_water(self) -> float:
        """The attenuation of water in 1/px."""
        return MU_WATER_PER_MM * self.pixel_mm

    @property
    def hu(self) -> Floats:
        """The slice in Hounsfield units, (side, side)."""
        values: Floats = ((self.mu / self.mu_water - 1) * 1000).astype(np.float32)
        return values

    @property
    def outside_mm(self) -> float:
        """The water in mm that a close-up leaves out: what the longest row or column lacks of 280 mm.

        0 where less than a quarter of the image's border is tissue, so that the body ends within the image.
        """
        inside = self.crop(self.mu)
        border = np.concatenate([inside[0], inside[-1], inside[:, 0], inside[:, -1]])
        if np.mean(border > TISSUE * self.mu_water) < CUT_SHARE:
            return 0.0
        longest = max(float(inside.sum(0).max()), float(inside.sum(1).max())) / MU_WATER_PER_MM
        return max(ASSUMED_DEPTH_MM - longest, 0.0)

    def crop(self, padded: Floats) -> Floats:
        """The (H, W) part of a (side, side) array that the image covers."""
        top, left = _margins(self.image.shape, self.side)
        part: Floats = padded[top : top + self.image.shape[0], left : left + self.image.shape[1]]
        return part

    def add(self, mu_change: Floats) -> Image:
        """The image with a change of attenuation (side, side) added through the window, clipped to [0, 1]."""
        per_value = self.mu_water * (self.window_hu[1] - self.window_hu[0]) / 1000
        image: Image = np.clip(self.image + self.crop(mu_change) / np.float32(per_value), 0, 1).astype(np.float32)
        return image

    def show(self, mu: Floats) -> Image:
        """An attenuation map (side, side) seen through the window, clipped to [0, 1]."""
        low, high = self.window_hu
        hu = (self.crop(mu) / self.mu_water - 1) * 1000
        image: Image = np.clip((hu - low) / (high - low), 0, 1).astype(np.float32)
        return image


def open_slice(image: Image, *, window_hu: Sequence[float] | None, pixel_mm: float | None) -> Slice:
    """The attenuation map of a windowed CT image.

    mu = mu_water (1 + HU / 1000), HU = low + value (high - low). A window that does not reach air hides it in the
    value 0: values below 0.04 are ramped down to -1000 HU, so that the air around a patient attenuates nothing.
    Without a window, -500 to 500 HU are assumed; without a pixel size, a field of view of 360 mm, or less where a row
    or column would then hold more than 280 mm of water. Raises `DegradationError` for an empty window or pixel.
    """
    low, high = _window(window_hu)
    assumed = tuple(
        name
        for name, given in (("window_hu", window_hu), ("pixel_mm", pixel_mm), ("parallel_beam", None))
        if given is None
    )
    relative = np.maximum(1 + _hounsfield(image, low, high) / 1000, 0)
    size = _assumed_pixel_mm(relative) if pixel_mm is None else float(pixel_mm)
    if not size > 0:
        raise DegradationError(f"pixel_mm must be positive, got {pixel_mm!r}")
    side = max(image.shape) + max(image.shape) % 2
    mu = np.zeros((side, side), np.float32)
    top, left = _margins(image.shape, side)
    mu[top : top + image.shape[0], left : left + image.shape[1]] = MU_WATER_PER_MM * size * relative
    return Slice(image, mu, (low, high), size, assumed)


def _hounsfield(image: Image, low: float, high: float) -> Floats:
    hu: Floats = low + image * np.float32(high - low)
    if low <= AIR_HU:
        return hu
    toe_hu = low + TOE * (high - low)
    ramped: Floats = np.where(image < TOE, AIR_HU + image * np.float32((toe_hu - AIR_HU) / TOE), hu)
    return ramped


def _assumed_pixel_mm(relative: Floats) -> float:
    longest_px = max(float(relative.sum(0).max()), float(relative.sum(1).max()), 1.0)
    return float(min(ASSUMED_FIELD_MM / max(relative.shape), ASSUMED_DEPTH_MM / longest_px))


def _window(window_hu: Sequence[float] | None) -> tuple[float, float]:
    if window_hu is None:
        return ASSUMED_WINDOW_HU
    if len(window_hu) != 2 or not float(window_hu[0]) < float(window_hu[1]):
        raise DegradationError(f"window_hu must be two rising numbers (HU of black, HU of white), got {window_hu!r}")
    return float(window_hu[0]), float(window_hu[1])


def _margins(shape: tuple[int, ...], side: int) -> tuple[int, int]:
    return (side - shape[0]) // 2, (side - shape[1]) // 2
