"""Colour cast: a lamp or white balance off its nominal colour."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.channels import LUMA
from medq_tasks.degradations.optics.tone import to_display, to_light
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image


@degradation(
    "fundus.colour_cast",
    modalities=("fundus", "endoscopy", "dermoscopy", "histopathology"),
    category="intensity",
    attribute="colour distortion",
    curves={"cast": Curve("EV between channels", ((0.1, 0.25), (0.4, 0.8), (0.9, 1.8), (1.0, 2.1)))},
    aliases=("colour_distortion", "color_distortion", "colour_cast"),
    colour="rgb",
    source="attribute of MedQ-Bench; von Kries gains in linear light",
)
def colour_cast(image: Image, rng: np.random.Generator, *, cast: float) -> Effect:
    """light_out = light * 2^(`cast` d), d a random direction of three channel gains; clipped. RGB only.

    d has length 1 and mean 0; then one common gain restores the mean luminance of the picture, as auto-exposure does.
    Same direction at every severity.
    """
    turn = rng.uniform(0.0, 2 * np.pi)
    hue = np.cos(turn - np.array([0.0, 2.0, 4.0]) * np.pi / 3.0) * np.sqrt(2.0 / 3.0)
    light = to_light(image)
    means = light.reshape(-1, 3).mean(axis=0, dtype=np.float64)
    gains = np.exp2(cast * hue)
    gains *= (means @ np.array(LUMA)) / max(float((means * gains) @ np.array(LUMA)), 1e-9)
    return Effect(to_display(light * gains.astype(np.float32)), facts={"gains": [float(gain) for gain in gains]})
