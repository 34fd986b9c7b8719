"""Low contrast: stray light from a wet or smeared lens lies over the whole frame."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics import channels
from medq_tasks.degradations.optics.aperture import field_of_view, only_inside
from medq_tasks.degradations.optics.coordinates import shorter_side
from medq_tasks.degradations.optics.psf import gaussian
from medq_tasks.degradations.optics.tone import to_display, to_light
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image


@degradation(
    "endoscopy.low_contrast",
    modalities=("endoscopy",),
    category="intensity",
    attribute="low contrast",
    curves={"veil": Curve("share of the light", ((0.1, 0.12), (0.4, 0.45), (0.9, 0.82), (1.0, 0.88)))},
    fixed={"spread": 0.25},
    source="EAD2019 class contrast; veiling glare (ISO 9358) of ours",
)
def low_contrast(image: Image, rng: np.random.Generator, *, veil: float, spread: float = 0.25) -> Effect:
    """light_out = (1 - `veil`) light + `veil` G, G the light blurred by `spread` shorter sides: veiling glare.

    The mean light is kept; only its differences fade. Both stay inside the field of view.
    """
    light, seen = to_light(image), field_of_view(image)
    weight = channels.spread(seen.astype(np.float32), image)
    sigma_px = spread * shorter_side(image.shape)
    glare = gaussian(light * weight, sigma_px) / np.maximum(gaussian(weight, sigma_px), 1e-3)
    veiled = to_display(np.asarray((1.0 - veil) * light + veil * glare, dtype=np.float32))
    return only_inside(Effect(veiled), image, seen)
