"""Saturation: the lamp is too close, and part of the sensor fills up."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.channels import spread
from medq_tasks.degradations.optics.coordinates import shorter_side
from medq_tasks.degradations.optics.illumination import falloff, off_centre
from medq_tasks.degradations.optics.psf import gaussian
from medq_tasks.degradations.optics.tone import to_display, to_light
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image


@degradation(
    "endoscopy.saturation",
    modalities=("endoscopy",),
    category="intensity",
    attribute="saturation",
    curves={"stops": Curve("EV at the brightest point", ((0.1, 0.9), (0.4, 2.4), (0.9, 4.6), (1.0, 5.2)))},
    fixed={"reach": 0.55, "bloom": 0.02},
    source="EAD2019 class saturation (over-exposed areas); cosine-fourth law of a point lamp",
)
def saturation(
    image: Image, rng: np.random.Generator, *, stops: float, reach: float = 0.55, bloom: float = 0.02
) -> Effect:
    """light_out = clip(2^(`stops` E) light + bloom), E the cosine-fourth fall-off of a lamp `reach` away.

    What exceeds the full well spills over: a tenth of the excess, blurred by `bloom` shorter sides. All channels clip
    in turn, so reds turn yellow, then white. `saturated_area` in the facts: the share of clipped pixels.
    """
    lit = falloff(image.shape, centre=off_centre(rng, least=0.05, most=0.25), reach=reach)
    light = to_light(image) * spread(np.exp2(stops * lit).astype(np.float32), image)
    excess = np.clip(light - 1.0, 0.0, 4.0).astype(np.float32)
    light = light + 0.1 * gaussian(excess, bloom * shorter_side(image.shape))
    full = light.min(axis=-1) >= 1.0 if image.ndim == 3 else light >= 1.0
    return Effect(to_display(light), facts={"saturated_area": float(full.mean())})
