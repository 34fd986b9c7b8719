"""Air bubbles in the immersion gel between skin and contact plate."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.bubbles import foam
from medq_tasks.degradations.optics.coordinates import scatter
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image

_MOST = 120


@degradation(
    "dermoscopy.gel_bubbles",
    modalities=("dermoscopy",),
    category="artifacts",
    attribute="gel bubbles",
    curves={
        "count": Curve("bubbles", ((0.1, 8), (0.4, 24), (0.9, 80), (1.0, 95)), integer=True),
        "radius": Curve("shorter sides", ((0.1, 0.03), (0.4, 0.05), (0.9, 0.085), (1.0, 0.09))),
    },
    fixed={"haze": 0.06},
    local=True,
    source="gel bubble artefact of ISIC pictures (Bissoto et al., CVPR Workshops 2019); ball-lens rendering of ours",
)
def gel_bubbles(image: Image, rng: np.random.Generator, *, count: int, radius: float, haze: float = 0.06) -> Effect:
    """`count` (at most 120) bubbles over the whole picture, radii log-uniform from `radius` down to an eighth of it.

    `radius` in shorter sides, `haze` the opacity of a bubble. The first n are the same at every severity.
    """
    places = scatter(rng, image.shape, _MOST)
    radii = radius * 0.125 ** rng.uniform(size=_MOST)
    light = float(rng.uniform(0.0, 2 * np.pi))
    return foam(image, places[: int(count)], radii[: int(count)], light=light, haze=haze)
