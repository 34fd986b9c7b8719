"""Reduced contrast: every value drawn towards the image's mean."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image


@degradation(
    "general.reduce_contrast",
    category="intensity",
    attribute="low contrast",
    curves={"contrast": Curve("share kept", ((0.1, 0.9), (0.4, 0.55), (0.9, 0.22), (1.0, 0.15)))},
    aliases=("reduce_contrast",),
    source="MedQ-Deg; MedMNIST-C (Di Salvo et al. 2024) keeps 0.9 to 0.4",
)
def reduce_contrast(image: Image, rng: np.random.Generator, *, contrast: float) -> Effect:
    """out = mean + `contrast` (image - mean), the mean taken over pixels and channels together, so hue is kept."""
    mean = image.mean(dtype=np.float64)
    return Effect(np.clip(mean + contrast * (image - mean), 0.0, 1.0).astype(np.float32))
