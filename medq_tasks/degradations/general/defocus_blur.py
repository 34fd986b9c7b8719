"""Defocus: every point becomes a disc."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.coordinates import shorter_side
from medq_tasks.degradations.optics.psf import convolve, disc
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image


@degradation(
    "general.defocus_blur",
    category="resolution_blur",
    attribute="defocus",
    curves={"radius": Curve("shorter sides", ((0.1, 0.003), (0.4, 0.008), (0.9, 0.024), (1.0, 0.03)))},
    source="geometrical optics; MedMNIST-C discs of 3 to 8 px in 224 (0.013 to 0.036)",
)
def defocus_blur(image: Image, rng: np.random.Generator, *, radius: float) -> Effect:
    """out = image * uniform disc of `radius` shorter sides: the geometrical point spread of a defocused lens."""
    return Effect(convolve(image, disc(radius * shorter_side(image.shape))))
