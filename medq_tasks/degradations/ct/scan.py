"""What every CT degradation shares: the parameters of a scan, its reconstruction, residual and full mode."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from medq_tasks.degradations.ct.attenuation import Slice, open_slice
from medq_tasks.degradations.ct.filtered_backprojection import filtered_backprojection
from medq_tasks.degradations.ct.fista_tv import fista_tv
from medq_tasks.degradations.ct.projector import Floats, Projector
from medq_tasks.degradations.ct.sirt import sirt
from medq_tasks.degradations.spec import Effect, Image
from medq_tasks.errors import DegradationError

MODES = ("residual", "full")
METHODS = ("fbp", "sirt", "fista_tv")
ITERATIONS = {"fbp": 0, "sirt": 100, "fista_tv": 50}
FULL_SCAN_VIEWS = 720

SCAN: Mapping[str, Any] = {
    "window_hu": None,
    "pixel_mm": None,
    "reconstruction": "fbp",
    "kernel": "hann",
    "iterations": None,
    "tv_weight": 0.001,
    "mode": "residual",
}
"""The arguments that every CT degradation takes besides its own.

`window_hu`: HU of pixel values 0 and 1; `pixel_mm`: pixel size in mm (both assumed where None). `reconstruction`:
one of `METHODS`; `kernel` is the filter of FBP, `iterations` those of SIRT (100) and FISTA-TV (50), `tv_weight` the
weight of total variation as a share of water's attenuation. `mode`: "residual" adds R(degraded) - R(clean) to the
image, so that only the artefact changes it and burnt-in text stays; "full" returns the reconstruction R(degraded).
The residual is added in the grey scale of the picture: where the window hides air, artefacts show there more brightly
than a scanner's display, which clips them, would show them. In HU (DICOM, NIfTI) nothing is hidden and both are alike.
"""


@dataclass(frozen=True, slots=True)
class Scan:
    """A slice with the settings under which it is scanned and reconstructed."""

    slice: Slice
    reconstruction: str
    kernel: str
    iterations: int
    tv_weight: float
    mode: str

    def reconstruct(self, projector: Projector, sinogram: Floats, *, step_rad: float | None = None) -> Floats:
        """The attenuation map (side, side) from a sinogram by the chosen method; `step_rad` is FBP's only."""
        if self.reconstruction == "sirt":
            return sirt(projector, sinogram, iterations=self.iterations)
        if self.reconstruction == "fista_tv":
            weight = self.tv_weight * self.slice.mu_water
            return fista_tv(projector, sinogram, weight=weight, iterations=self.iterations)
        return filtered_backprojection(projector, sinogram, kernel=self.kernel, step_rad=step_rad)

    @property
    def is_linear(self) -> bool:
        """Whether the reconstruction of a difference is the difference of the reconstructions."""
        return self.reconstruction == "fbp"

    def effect_of_error(self, projector: Projector, clean: Floats, degraded: Floats, **facts: Any) -> Effect:
        """The effect of a sinogram that differs from the clean one of the same views."""
        if self.mode == "residual" and self.is_linear:
            return self.effect(self.reconstruct(projector, degraded - clean), None, **facts)
        result = self.reconstruct(projector, degraded)
        return self.effect(result, self.reconstruct(projector, clean) if self.mode == "residual" else None, **facts)

    def effect(self, degraded: Floats, clean: Floats | None, **facts: Any) -> Effect:
        """The effect of a reconstruction beside its clean twin; without one, `degraded` is already their difference."""
        if self.mode == "full":
            image = self.slice.show(degraded)
        else:
            image = self.slice.add(degraded if clean is None else degraded - clean)
        known = {"window_hu": self.slice.window_hu, "pixel_mm": self.slice.pixel_mm, **facts}
        return Effect(image, None, known, self.slice.assumed)


def open_scan(
    image: Image,
    *,
    window_hu: Sequence[float] | None,
    pixel_mm: float | None,
    reconstruction: str,
    kernel: str,
    iterations: int | None,
    tv_weight: float,
    mode: str,
) -> Scan:
    """The scan that the shared parameters describe. Raises `DegradationError` for an unknown method or mode."""
    if mode not in MODES:
        raise DegradationError(f"mode must be one of {', '.join(MODES)}, got {mode!r}")
    if reconstruction not in METHODS:
        raise DegradationError(f"reconstruction must be one of {', '.join(METHODS)}, got {reconstruction!r}")
    steps = (
        ITERATIONS[reconstruction] if iterations is None else check_count("iterations", iterations, low=1, high=10000)
    )
    slice_ = open_slice(image, window_hu=window_hu, pixel_mm=pixel_mm)
    return Scan(slice_, reconstruction, kernel, steps, tv_weight, mode)


def check_count(name: str, value: float, *, low: int, high: int) -> int:
    """The value as an integer, if it is whole and within the limits. Raises `DegradationError` otherwise."""
    if value != int(value) or not low <= value <= high:
        raise DegradationError(f"{name} must be a whole number from {low} to {high}, got {value!r}")
    return int(value)
