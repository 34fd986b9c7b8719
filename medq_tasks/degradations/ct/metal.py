"""Metal artefacts: an implant starves and hardens the beam, so that dark and bright streaks leave it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from medq_tasks.degradations.ct.attenuation import Slice
from medq_tasks.degradations.ct.counting import LOWEST_COUNT, coupled_poisson
from medq_tasks.degradations.ct.polychromatic import lengths_mm, materials, transmitted, water_scale
from medq_tasks.degradations.ct.projector import Floats, half_turn, projector
from medq_tasks.degradations.ct.scan import SCAN, check_count, open_scan
from medq_tasks.degradations.ct.spectrum import REFERENCE_KEV, Spectrum, attenuation_per_mm, tube_spectrum
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image
from medq_tasks.errors import DegradationError

BODY_ABOVE_HU = -300.0
FILTER_MM = 6.0  # of aluminium, a CT tube's own
STARVED_BELOW = 10  # photons


@dataclass(frozen=True, slots=True)
class Implant:
    """An ellipse of metal: centre (row, column) and half axes in pixels of the scanned square, angle in rad."""

    row: float
    column: float
    long_px: float
    short_px: float
    angle_rad: float

    def drawn(self, side: int) -> Floats:
        """The share of each pixel that is metal, (side, side) in [0, 1], with an edge one pixel wide."""
        y, x = np.mgrid[:side, :side].astype(np.float32)
        cosine, sine = math.cos(self.angle_rad), math.sin(self.angle_rad)
        u = (x - self.column) * cosine + (y - self.row) * sine
        v = (y - self.row) * cosine - (x - self.column) * sine
        distance = (np.hypot(u / self.long_px, v / self.short_px) - 1) * self.short_px
        share: Floats = np.clip(0.5 - distance, 0, 1).astype(np.float32)
        return share


@degradation(
    "ct.metal",
    modalities=("ct",),
    category="artifacts",
    attribute="metal artifact",
    curves={"diameter_mm": Curve("mm", ((0.05, 1.8), (0.4, 5.0), (0.9, 9.0), (1, 10.0)), log=True)},
    fixed={
        **SCAN,
        "material": "iron",
        "implants": 2,
        "kvp": 120.0,
        "photons": 3e4,
        "electronic_noise": 8.0,
        "views": 720,
    },
    colour="grey",
    source="De Man et al. 1999 (doi 10.1109/23.775600); Boas and Fleischmann 2012 (doi 10.2217/iim.12.13)",
)
def metal(
    image: Image,
    rng: np.random.Generator,
    *,
    diameter_mm: float,
    material: str,
    implants: float,
    kvp: float,
    photons: float,
    electronic_noise: float,
    views: float,
    **scan: Any,
) -> Effect:
    """The slice with `implants` metal ellipses inside the body, scanned with a polychromatic beam and counted photons.

    Each is up to `diameter_mm` long, of "iron" (steel), "titanium" or "aluminium", with mu(E) from NIST; p =
    -ln(N / I0) with N = Poisson(I0 sum_E w(E) exp(-...)) + Normal(0, s_e), counts below 0.5 set to 0.5 (photon
    starvation). Centres do not depend on severity. In residual mode both scans count with the same noise,
    so that only rays through the metal change. Facts: `implants` (row, column, length and width in image pixels),
    `starved_share` of the rays.
    """
    if not photons >= 1:
        raise DegradationError(f"photons must be at least 1, got {photons!r}")
    setting = open_scan(image, **scan)
    slice_ = setting.slice
    placed = place_implants(slice_, check_count("implants", implants, low=1, high=20), diameter_mm, rng)
    share = np.max([implant.drawn(slice_.side) for implant in placed], axis=0)
    operator = projector(slice_.side, half_turn(check_count("views", views, low=2, high=4096)))
    count = _Counter(tube_spectrum(kvp=kvp, filter_mm_aluminium=FILTER_MM), photons, electronic_noise, rng)
    maps = materials(slice_)
    clean, _ = count(lengths_mm(slice_, operator, maps))
    replaced = {name: map_ * (1 - share) for name, map_ in maps.items()} | {material: share}
    measured, starved = count(lengths_mm(slice_, operator, replaced))
    unit = np.float32(slice_.mu_water / (float(attenuation_per_mm("water", REFERENCE_KEV)) * slice_.pixel_mm))
    where = [_in_image(slice_, implant) for implant in placed]
    return setting.effect_of_error(operator, clean * unit, measured * unit, implants=where, starved_share=starved)


class _Counter:
    """A detector whose noise is the same at each call, so that only rays that differ give other numbers."""

    def __init__(self, spectrum: Spectrum, photons: float, electronic_noise: float, rng: np.random.Generator) -> None:
        self.spectrum, self.photons, self.electronic_noise = spectrum, photons, electronic_noise
        self.state = rng.bit_generator.state
        self.rng = rng

    def __call__(self, paths_mm: Mapping[str, Floats]) -> tuple[Floats, float]:
        """The measured line integrals in those of water at 70 keV, and the share of rays below 10 photons."""
        self.rng.bit_generator.state = self.state
        passing = transmitted(paths_mm, self.spectrum)
        counts = coupled_poisson(self.photons * passing, self.rng.standard_normal(passing.shape))
        counts += self.electronic_noise * self.rng.standard_normal(passing.shape)
        line = np.log(self.photons / np.maximum(counts, LOWEST_COUNT)) * water_scale(self.spectrum)
        return line.astype(np.float32), float(np.mean(counts < STARVED_BELOW))


def place_implants(slice_: Slice, count: int, diameter_mm: float, rng: np.random.Generator) -> list[Implant]:
    """Ellipses centred on body pixels (above -300 HU, well inside); anywhere where the image shows no body."""
    from scipy.ndimage import binary_erosion

    body = slice_.hu > BODY_ABOVE_HU
    inside = binary_erosion(body, iterations=max(slice_.side // 16, 1))
    rows, columns = np.nonzero(inside if inside.any() else np.ones_like(body))
    draw = rng.random((count, 4))
    longest = diameter_mm / slice_.pixel_mm / 2
    placed = []
    for where, length, width, angle in draw:
        index = int(where * len(rows))
        long_px = longest * (0.7 + 0.3 * length)
        placed.append(
            Implant(float(rows[index]), float(columns[index]), long_px, long_px * (0.5 + 0.5 * width), math.pi * angle)
        )
    return placed


def _in_image(slice_: Slice, implant: Implant) -> dict[str, float]:
    top = (slice_.side - slice_.image.shape[0]) // 2
    left = (slice_.side - slice_.image.shape[1]) // 2
    return {
        "row": implant.row - top,
        "column": implant.column - left,
        "length_px": 2 * implant.long_px,
        "width_px": 2 * implant.short_px,
    }
