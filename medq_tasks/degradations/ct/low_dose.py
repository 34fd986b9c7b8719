"""Low-dose CT: few photons a ray, so that quantum and electronic noise grow, with streaks where much is attenuated."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np

from medq_tasks.degradations.ct.attenuation import MU_WATER_PER_MM
from medq_tasks.degradations.ct.counting import measured_projections
from medq_tasks.degradations.ct.projector import half_turn, projector
from medq_tasks.degradations.ct.scan import FULL_SCAN_VIEWS, SCAN, check_count, open_scan
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image
from medq_tasks.errors import DegradationError


@degradation(
    "ct.low_dose",
    modalities=("ct",),
    category="noise",
    attribute="low-dose noise",
    curves={"photons": Curve("photons a detector bin", ((0.05, 1e6), (0.4, 8e4), (0.9, 1e4), (1, 7e3)), log=True)},
    fixed={**SCAN, "electronic_noise": 8.0, "outside_mm": None, "views": FULL_SCAN_VIEWS},
    aliases=("low_dose",),
    colour="grey",
    source="MedQ-Deg low dose; noise model: Zeng et al. 2015 (doi 10.1109/TNS.2015.2467219)",
)
def low_dose(
    image: Image,
    rng: np.random.Generator,
    *,
    photons: float,
    electronic_noise: float,
    outside_mm: float | None,
    views: float,
    **scan: Any,
) -> Effect:
    """The slice from a sinogram with Poisson counts of `photons` a bin and `electronic_noise` (sd in photons).

    p = -ln(max(Poisson(I0 e^-p) + Normal(0, s_e), 0.5) / I0). `outside_mm` of water, which every ray crosses beyond a
    close-up, weaken I0; where None, what a 280 mm body lacks if tissue touches the border. Facts: `outside_mm`,
    `largest_line_integral` within the image, and `starved_share`, the share of rays below 10 expected photons.
    """
    if not photons >= 1:
        raise DegradationError(f"photons must be at least 1, got {photons!r}")
    setting = open_scan(image, **scan)
    operator = projector(setting.slice.side, half_turn(check_count("views", views, low=2, high=4096)))
    beyond = setting.slice.outside_mm if outside_mm is None else float(outside_mm)
    arriving = photons * math.exp(-MU_WATER_PER_MM * beyond)
    clean = np.maximum(operator.forward(setting.slice.mu), 0)
    noisy = measured_projections(clean, photons=arriving, electronic_noise=electronic_noise, rng=rng)
    effect = setting.effect_of_error(
        operator,
        clean,
        noisy,
        outside_mm=beyond,
        largest_line_integral=float(clean.max()),
        starved_share=float(np.mean(arriving * np.exp(-clean) < 10)),
    )
    guessed = ("outside_mm",) if outside_mm is None and beyond > 0 else ()
    return replace(effect, assumed=(*effect.assumed, *guessed))
