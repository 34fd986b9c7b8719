"""Illumination non-uniformity: an endoscope's lamp lights what is near and central, the rest sinks into the dark."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.channels import spread
from medq_tasks.degradations.optics.illumination import falloff, off_centre
from medq_tasks.degradations.optics.tone import to_display, to_light
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image


@degradation(
    "endoscopy.illumination",
    modalities=("endoscopy",),
    category="intensity",
    attribute="illumination non-uniformity",
    curves={"depth": Curve("stops lost far from the lamp", ((0.1, 0.5), (0.4, 2.2), (0.9, 5.0), (1.0, 5.8)))},
    fixed={"reach": 0.42, "hot_spot": 0.12},
    aliases=("illumination_non_uniformity",),
    source="cosine-fourth law of a point lamp; EndoCV (Ali et al., Sci Rep 2020;10:2748) for the appearance",
)
def illumination(
    image: Image, rng: np.random.Generator, *, depth: float, reach: float = 0.42, hot_spot: float = 0.12
) -> Effect:
    """light_out = light * 2^(-`depth` (1 - E)) * (1 + `hot_spot` `depth` E^8), in linear light.

    E is the cosine-fourth fall-off around a random off-centre point, from a lamp `reach` shorter sides away; `depth`
    in photographic stops. The bright spot near the axis may saturate. Same lamp position at every severity.
    """
    lit = falloff(image.shape, centre=off_centre(rng, least=0.12, most=0.34), reach=reach)
    gain = np.exp2(-depth * (1.0 - lit)) * (1.0 + hot_spot * depth * lit**8)
    return Effect(to_display(to_light(image) * spread(gain.astype(np.float32), image)))
