"""Gaussian blur: the limit of many small, independent losses of sharpness."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.coordinates import shorter_side
from medq_tasks.degradations.optics.psf import gaussian
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image


@degradation(
    "general.gaussian_blur",
    category="resolution_blur",
    attribute="blur",
    curves={"sigma": Curve("shorter sides", ((0.1, 0.001), (0.4, 0.004), (0.9, 0.014), (1.0, 0.018)))},
    aliases=("gaussian_blur",),
    source="MedQ-Deg; FrOoDo blurs 300 px tiles with sigma 1.2 to 2.5 px (0.004 to 0.008 shorter sides)",
)
def gaussian_blur(image: Image, rng: np.random.Generator, *, sigma: float) -> Effect:
    """out = image * Gaussian of standard deviation `sigma`, in shorter sides of the image; mirrored at the borders."""
    return Effect(np.clip(gaussian(image, sigma * shorter_side(image.shape)), 0.0, 1.0))
