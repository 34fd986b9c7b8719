"""Vignette: the dermatoscope's round field darkens the corners."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.channels import spread
from medq_tasks.degradations.optics.coordinates import axes
from medq_tasks.degradations.optics.tone import to_display, to_light
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image


@degradation(
    "dermoscopy.vignette",
    modalities=("dermoscopy", "endoscopy"),
    category="intensity",
    attribute="vignette",
    curves={
        "depth": Curve("stops lost in the dark", ((0.1, 1.0), (0.4, 3.0), (0.9, 8.0), (1.0, 9.0))),
        "radius": Curve("shorter sides", ((0.1, 0.66), (0.4, 0.6), (0.9, 0.46), (1.0, 0.44))),
    },
    fixed={"softness": 0.22},
    aliases=("vignette",),
    source="dark corners of ISIC pictures; MedMNIST-C black corners (radius factor 1.1 to 0.9)",
)
def vignette(image: Image, rng: np.random.Generator, *, depth: float, radius: float, softness: float = 0.22) -> Effect:
    """light_out = light * 2^(-`depth` S), S rising smoothly from 0 to 1 over `softness` around a circle of `radius`.

    Lengths in shorter sides; the circle's centre is drawn within 0.04 of the middle, the same at every severity.
    """
    centre = rng.uniform(-0.04, 0.04, size=2)
    y, x = axes(image.shape)
    rise = np.clip((np.hypot(y - centre[0], x - centre[1]) - radius) / softness + 0.5, 0.0, 1.0)
    gain = np.exp2(-depth * rise * rise * (3.0 - 2.0 * rise)).astype(np.float32)
    return Effect(to_display(to_light(image) * spread(gain, image)))
