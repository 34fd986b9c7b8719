"""Dark spots: dust, pigment or precipitate on the slide."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.channels import tint
from medq_tasks.degradations.optics.coordinates import pixel, scatter
from medq_tasks.degradations.optics.coverage import outline, window
from medq_tasks.degradations.optics.layer import absorb
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image

_MOST = 60
_ABSORBANCE = (0.92, 1.0, 1.08)  # brownish black


@degradation(
    "histopathology.dark_spots",
    modalities=("histopathology",),
    category="artifacts",
    attribute="dark spot",
    curves={
        "count": Curve("spots", ((0.1, 5), (0.4, 14), (0.9, 44), (1.0, 52)), integer=True),
        "radius": Curve("shorter sides", ((0.1, 0.012), (0.4, 0.022), (0.9, 0.045), (1.0, 0.05))),
    },
    fixed={"density": 1.4, "softness": 0.3},
    aliases=("dark_spots_artifact", "dark_spot"),
    local=True,
    source="MedQ-Deg (FrOoDo dark_spots); optical densities of ours",
)
def dark_spots(
    image: Image,
    rng: np.random.Generator,
    *,
    count: int,
    radius: float,
    density: float = 1.4,
    softness: float = 0.3,
) -> Effect:
    """out = image * 10^-(D a): `count` ragged spots (at most 60), the largest of `radius` shorter sides.

    D falls from `density` in a spot's middle to 0 over `softness` of its size, since dust lies above the focal plane.
    Sizes are log-uniform over a factor of 7. The first n spots are the same at every severity, and grow.
    """
    count = min(int(count), _MOST)
    places = scatter(rng, image.shape, _MOST)
    sizes = 0.14 ** rng.uniform(size=_MOST)
    strengths = rng.uniform(0.5, 1.0, size=_MOST)
    shapes = [outline(rng, roughness=0.3, harmonics=14) for _ in range(_MOST)]
    total = np.zeros(image.shape[:2], dtype=np.float32)
    for (y0, x0), size, strength, shape in list(zip(places, sizes, strengths, shapes, strict=True))[:count]:
        mean = radius * size
        area = window(image.shape, (y0, x0), 2.2 * mean)
        edge = max(softness * mean, pixel(image.shape))
        inside = np.clip(0.5 - shape.distance(area.y, area.x, mean) / (2 * edge), 0.0, 1.0)
        total[area.at] = np.maximum(total[area.at], density * strength * inside * inside * (3 - 2 * inside))
    return absorb(image, total, tint(_ABSORBANCE, image))
