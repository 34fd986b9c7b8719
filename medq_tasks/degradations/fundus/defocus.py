"""Defocus of a fundus camera: the eye's refraction was not compensated."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.aperture import convolve_inside, field_of_view
from medq_tasks.degradations.optics.coordinates import shorter_side
from medq_tasks.degradations.optics.psf import disc
from medq_tasks.degradations.optics.tone import to_display, to_light
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image


@degradation(
    "fundus.defocus",
    modalities=("fundus",),
    category="resolution_blur",
    attribute="defocus",
    curves={"radius": Curve("shorter sides", ((0.1, 0.003), (0.4, 0.009), (0.9, 0.026), (1.0, 0.032)))},
    source="geometrical optics; MedMNIST-C retina discs of 4 to 8 px in 224 (0.018 to 0.036)",
)
def defocus(image: Image, rng: np.random.Generator, *, radius: float) -> Effect:
    """light_out = light * uniform disc of `radius` shorter sides inside the field of view, in linear light.

    The field stop lies at the sensor, so its edge stays sharp; outside it the image keeps its bits.
    """
    seen = field_of_view(image)
    blurred = to_display(convolve_inside(to_light(image), disc(radius * shorter_side(image.shape)), seen))
    inside = seen[..., None] if image.ndim == 3 else seen
    return Effect(np.where(inside, blurred, image).astype(np.float32))
