"""Rician noise: thermal noise of both receiver channels under the magnitude, which lifts the dark background."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image
from medq_tasks.errors import DegradationError


@degradation(
    "mri.rician_noise",
    modalities=("mri",),
    category="noise",
    attribute="noise",
    curves={"sigma": Curve("of the image's full scale", ((0.05, 0.01), (0.4, 0.05), (0.9, 0.14), (1, 0.16)), log=True)},
    colour="grey",
    source="Gudbjartsson and Patz 1995 (doi 10.1002/mrm.1910340618)",
)
def rician_noise(image: Image, rng: np.random.Generator, *, sigma: float) -> Effect:
    """|image + n1 + i n2| with normal n1, n2 of sd `sigma`, clipped at 1.

    Where there is no signal the result is Rayleigh distributed: mean 1.2533 sigma, sd 0.6551 sigma.
    """
    if not sigma >= 0:
        raise DegradationError(f"mri.rician_noise: sigma must not be negative, got {sigma!r}")
    noise = rng.standard_normal((2, *image.shape), dtype=np.float32) * np.float32(sigma)
    return Effect(np.minimum(np.hypot(image + noise[0], noise[1]), 1).astype(np.float32))
