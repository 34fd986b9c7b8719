"""Red blood cells that lie over the tissue."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.channels import tint
from medq_tasks.degradations.optics.coordinates import pixel, scatter
from medq_tasks.degradations.optics.coverage import cover, outline, window
from medq_tasks.degradations.optics.layer import absorb
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image

_MOST = 400
_CLUSTERS = 6
_ABSORBANCE = (0.06, 0.42, 0.4)  # haemoglobin with eosin: strong in green and blue


@degradation(
    "histopathology.blood_cells",
    modalities=("histopathology",),
    category="artifacts",
    attribute="blood cells",
    curves={"count": Curve("cells", ((0.1, 12), (0.4, 60), (0.9, 260), (1.0, 320)), integer=True)},
    fixed={"diameter": 0.034, "density": 0.9},
    aliases=("blood_cell_artifact",),
    local=True,
    source="MedQ-Deg (FrOoDo blood cells, 1 to 50 a tile); absorption of haemoglobin",
)
def blood_cells(
    image: Image, rng: np.random.Generator, *, count: int, diameter: float = 0.034, density: float = 0.9
) -> Effect:
    """out = image * 10^-(D a): `count` (at most 400) discs of about `diameter` shorter sides, gathered in six groups.

    `density` is D at the thick rim of a cell; its middle is thinner (central pallor), cells overlap by adding
    their densities. The first n cells are the same at every severity.
    """
    centres = scatter(rng, image.shape, _CLUSTERS)
    group = rng.integers(0, _CLUSTERS, size=_MOST)
    places = centres[group] + rng.standard_normal((_MOST, 2)) * 0.13
    sizes = rng.normal(1.0, 0.08, size=_MOST).clip(0.75, 1.25)
    strengths = rng.uniform(0.65, 1.0, size=_MOST)
    shapes = [outline(rng, roughness=0.09, harmonics=3) for _ in range(_MOST)]
    total = np.zeros(image.shape[:2], dtype=np.float32)
    px = pixel(image.shape)
    for (y0, x0), size, strength, shape in list(zip(places, sizes, strengths, shapes, strict=True))[: int(count)]:
        radius = 0.5 * diameter * size
        area = window(image.shape, (y0, x0), 1.4 * radius + 2 * px)
        inside = cover(shape.distance(area.y, area.x, radius), px)
        pallor = 1.0 - 0.5 * np.exp(-((area.y**2 + area.x**2) / (0.42 * radius) ** 2))
        total[area.at] += (density * strength * inside * pallor).astype(np.float32)
    return absorb(image, total, tint(_ABSORBANCE, image))
