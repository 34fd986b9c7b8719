"""Beam hardening: soft X-rays are absorbed first, so that the middle of a body and gaps between bones look dark."""

from __future__ import annotations

from typing import Any

import numpy as np

from medq_tasks.degradations.ct.polychromatic import lengths_mm, materials, transmitted
from medq_tasks.degradations.ct.projector import half_turn, projector
from medq_tasks.degradations.ct.scan import SCAN, check_count, open_scan
from medq_tasks.degradations.ct.spectrum import attenuation_per_mm, narrowed, tube_spectrum
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image


@degradation(
    "ct.beam_hardening",
    modalities=("ct",),
    category="artifacts",
    attribute="beam hardening artifact",
    curves={"spectrum_width": Curve("1 = the whole tube spectrum", ((0.1, 0.3), (0.4, 0.65), (0.9, 1.05), (1, 1.1)))},
    fixed={**SCAN, "kvp": 120.0, "filter_mm_aluminium": 1.0, "views": 360},
    aliases=("ct.cupping",),
    colour="grey",
    source="Brooks and Di Chiro 1976 (doi 10.1088/0031-9155/21/3/004); attenuation: NIST",
)
def beam_hardening(
    image: Image,
    rng: np.random.Generator,
    *,
    spectrum_width: float,
    kvp: float,
    filter_mm_aluminium: float,
    views: float,
    **scan: Any,
) -> Effect:
    """The slice from polychromatic projections p = -ln(sum_E w(E) exp(-sum_m mu_m(E) L_m)), only scaled.

    Pixels are split into water and bone. The tube's spectrum is drawn together about its mean by `spectrum_width`: 0 is
    monochromatic (no artefact), 1 the whole spectrum at `kvp` behind `filter_mm_aluminium` mm. One factor
    fits the projections to the monochromatic ones, so that the rim rises where the inside sinks. Facts: that `scale`,
    the beam's `mean_kev`. Draws nothing at random.
    """
    setting = open_scan(image, **scan)
    slice_ = setting.slice
    operator = projector(slice_.side, half_turn(check_count("views", views, low=2, high=4096)))
    spectrum = tube_spectrum(kvp=kvp, filter_mm_aluminium=filter_mm_aluminium)
    paths = lengths_mm(slice_, operator, materials(slice_))
    clean = -np.log(transmitted(paths, narrowed(spectrum, 0)))
    hardened = -np.log(transmitted(paths, narrowed(spectrum, spectrum_width)))
    scale = float(np.vdot(clean, hardened) / max(float(np.vdot(hardened, hardened)), 1e-12))
    mean_kev = float(np.sum(spectrum.energy_kev * spectrum.share))
    unit = slice_.mu_water / (float(attenuation_per_mm("water", mean_kev)) * slice_.pixel_mm)
    return setting.effect_of_error(
        operator,
        (clean * unit).astype(np.float32),
        (hardened * scale * unit).astype(np.float32),
        scale=scale,
        mean_kev=mean_kev,
    )
