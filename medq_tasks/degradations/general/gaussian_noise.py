"""Additive Gaussian noise, as of a sensor's read-out or an amplifier."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image


@degradation(
    "general.gaussian_noise",
    category="noise",
    attribute="noise",
    curves={"sigma": Curve("of the full scale", ((0.1, 0.015), (0.4, 0.06), (0.9, 0.18), (1.0, 0.22)))},
    aliases=("gaussian_noise",),
    source="MedQ-Deg; standard deviations within those of MedMNIST-C (Di Salvo et al. 2024: 0.04 to 0.26)",
)
def gaussian_noise(image: Image, rng: np.random.Generator, *, sigma: float) -> Effect:
    """out = clip(image + `sigma` n), n ~ N(0, 1) independent a pixel and channel.

    The same n at every severity; `sigma` in units of the full scale [0, 1].
    """
    noise = rng.standard_normal(image.shape, dtype=np.float32)
    return Effect(np.clip(image + np.float32(sigma) * noise, 0.0, 1.0))
