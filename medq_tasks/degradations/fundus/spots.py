"""Spots: dust on the lens of a fundus camera, far out of focus."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.aperture import field_of_view
from medq_tasks.degradations.optics.channels import tint
from medq_tasks.degradations.optics.coordinates import pixel, scatter
from medq_tasks.degradations.optics.coverage import window
from medq_tasks.degradations.optics.layer import over
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image

_MOST = 24
_DUST = (0.86, 0.83, 0.78)


@degradation(
    "fundus.spots",
    modalities=("fundus",),
    category="artifacts",
    attribute="spots",
    curves={
        "count": Curve("spots", ((0.1, 4), (0.4, 8), (0.9, 18), (1.0, 20)), integer=True),
        "radius": Curve("shorter sides", ((0.1, 0.018), (0.4, 0.03), (0.9, 0.055), (1.0, 0.06))),
        "opacity": Curve("of the spot", ((0.1, 0.25), (0.4, 0.4), (0.9, 0.7), (1.0, 0.75))),
    },
    local=True,
    source="spot artefact of Shen et al. (IEEE TMI 2021;40:996): 5 to 10 discs of 1 to 5 % of the height",
)
def spots(image: Image, rng: np.random.Generator, *, count: int, radius: float, opacity: float) -> Effect:
    """out = image + a (dust - image): `count` (at most 24) soft, bright grey discs inside the field of view.

    Radii lie between 0.4 and 1 `radius` shorter sides, the edge takes half of each; `opacity` is a in the middle.
    Places and relative sizes of the first n are the same at every severity.
    """
    places = scatter(rng, image.shape, _MOST) * 0.8
    sizes = rng.uniform(0.4, 1.0, size=_MOST)
    strengths = rng.uniform(0.6, 1.0, size=_MOST)
    seen = field_of_view(image)
    clear = np.ones(image.shape[:2], dtype=np.float32)
    for (y0, x0), size, strength in list(zip(places, sizes, strengths, strict=True))[: int(count)]:
        mean = radius * size
        area = window(image.shape, (y0, x0), 1.5 * mean + pixel(image.shape))
        rise = np.clip((1.25 * mean - np.hypot(area.y, area.x)) / (0.5 * mean), 0.0, 1.0)
        clear[area.at] *= (1.0 - opacity * strength * rise * rise * (3 - 2 * rise)).astype(np.float32)
    return over(image, tint(_DUST, image), np.where(seen, 1.0 - clear, 0.0).astype(np.float32))
