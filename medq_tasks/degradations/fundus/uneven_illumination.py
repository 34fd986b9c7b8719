"""Uneven illumination of a fundus photograph: a small or misaligned pupil leaves a sector dark."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.channels import spread
from medq_tasks.degradations.optics.coordinates import axes
from medq_tasks.degradations.optics.illumination import off_centre
from medq_tasks.degradations.optics.tone import to_display, to_light
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image


@degradation(
    "fundus.uneven_illumination",
    modalities=("fundus",),
    category="intensity",
    attribute="uneven illumination",
    curves={"depth": Curve("stops lost in the shade", ((0.1, 0.4), (0.4, 1.8), (0.9, 4.2), (1.0, 5.0)))},
    fixed={"softness": 0.12, "radius": 0.34},
    source="light transmission disturbance of Shen et al. (IEEE TMI 2021;40:996); a shade of 0.4 to 0.7 of the width",
)
def uneven_illumination(
    image: Image, rng: np.random.Generator, *, depth: float, softness: float = 0.12, radius: float = 0.34
) -> Effect:
    """light_out = light * 2^(-`depth` S), S a smooth shade in [0, 1] in linear light.

    The pupil's light cone reaches a disc of `radius` shorter sides around a random off-centre point; beyond it S rises
    to 1 over about four times `softness` (a logistic edge). The same point at every severity.
    """
    centre_y, centre_x = off_centre(rng, least=0.14, most=0.26)
    y, x = axes(image.shape)
    distance = np.sqrt((y - centre_y) ** 2 + (x - centre_x) ** 2)
    shade = 1.0 / (1.0 + np.exp(-(distance - radius) / softness))
    gain = np.exp2(-depth * shade).astype(np.float32)
    return Effect(to_display(to_light(image) * spread(gain, image)))
