"""Bubbles of mucus and rinsing water."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.aperture import field_of_view, only_inside
from medq_tasks.degradations.optics.bubbles import foam
from medq_tasks.degradations.optics.coordinates import scatter
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image

_MOST = 260
_CLUSTERS = 5


@degradation(
    "endoscopy.bubbles",
    modalities=("endoscopy",),
    category="artifacts",
    attribute="bubbles",
    curves={
        "count": Curve("bubbles", ((0.1, 16), (0.4, 60), (0.9, 200), (1.0, 240)), integer=True),
        "radius": Curve("shorter sides", ((0.1, 0.02), (0.4, 0.034), (0.9, 0.055), (1.0, 0.06))),
    },
    fixed={"haze": 0.12},
    local=True,
    source="EAD2019 class bubbles; ball-lens rendering of ours",
)
def bubbles(image: Image, rng: np.random.Generator, *, count: int, radius: float, haze: float = 0.12) -> Effect:
    """`count` (at most 260) bubbles in five clusters, radii log-uniform from `radius` shorter sides down to a fifth.

    `haze` is the opacity of a bubble. Places and relative sizes of the first n are the same at every severity.
    """
    centres = scatter(rng, image.shape, _CLUSTERS) * 0.8
    group = rng.integers(0, _CLUSTERS, size=_MOST)
    places = centres[group] + rng.standard_normal((_MOST, 2)) * 0.12
    radii = radius * 0.2 ** rng.uniform(size=_MOST)
    light = float(rng.uniform(0.0, 2 * np.pi))
    drawn = foam(image, places[: int(count)], radii[: int(count)], light=light, haze=haze)
    return only_inside(drawn, image, field_of_view(image))
