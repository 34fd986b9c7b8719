"""Smoke of electrocautery or laser: a drifting, scattering haze in front of the tissue."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.aperture import field_of_view, only_inside
from medq_tasks.degradations.optics.channels import spread, tint
from medq_tasks.degradations.optics.field import waves
from medq_tasks.degradations.optics.tone import to_display, to_light
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image

_AIRLIGHT = (0.5, 0.5, 0.52)  # linear light that dense smoke scatters back


@degradation(
    "endoscopy.smoke",
    modalities=("endoscopy",),
    category="artifacts",
    attribute="smoke",
    curves={"depth": Curve("mean optical depth", ((0.1, 0.12), (0.4, 0.5), (0.9, 1.5), (1.0, 1.8)))},
    source="atmospheric scattering model (Koschmieder); turbulent density with a power-law spectrum",
)
def smoke(image: Image, rng: np.random.Generator, *, depth: float) -> Effect:
    """light_out = light t + A (1 - t), t = exp(-`depth` d), in linear light; A a near-white airlight.

    d >= 0 is the relative density, log-normal with wavelengths from 0.8 shorter sides down over four octaves and mean
    about 1. Same plume at every severity; outside the field of view the image keeps its bits.
    """
    plume = waves(rng, image.shape, wavelength=0.8, octaves=4.0, slope=1.15, count=64)
    density = np.exp(0.5 * plume - 0.125)
    passed = spread(np.exp(-depth * density).astype(np.float32), image)
    veiled = to_display(to_light(image) * passed + tint(_AIRLIGHT, image) * (1.0 - passed))
    return only_inside(Effect(veiled), image, field_of_view(image))
