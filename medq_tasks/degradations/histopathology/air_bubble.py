"""Air bubbles under the cover slip: a dark refracting rim, and inside it the tissue out of focus."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.channels import spread, tint
from medq_tasks.degradations.optics.coordinates import pixel, scatter, shorter_side
from medq_tasks.degradations.optics.coverage import cover, outline, window
from medq_tasks.degradations.optics.layer import within
from medq_tasks.degradations.optics.psf import convolve, disc
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image

_RIM_COLOUR = (0.16, 0.15, 0.17)
_SHEEN_COLOUR = (0.97, 0.96, 0.93)


@degradation(
    "histopathology.air_bubble",
    modalities=("histopathology",),
    category="resolution_blur",
    attribute="air bubble",
    curves={
        "radius": Curve("shorter sides", ((0.1, 0.05), (0.4, 0.13), (0.9, 0.25), (1.0, 0.28))),
        "blur": Curve("shorter sides", ((0.1, 0.004), (0.4, 0.01), (0.9, 0.022), (1.0, 0.025))),
    },
    fixed={"count": 3, "rim": 0.012},
    aliases=("bubble_artifact",),
    local=True,
    source="MedQ-Deg (a local blurred disc in its figures); MedMNIST-C bubbles of 15 to 25 px in 224 (0.07 to 0.11)",
)
def air_bubble(
    image: Image, rng: np.random.Generator, *, radius: float, blur: float, count: int = 3, rim: float = 0.012
) -> Effect:
    """`count` rounded bubbles, the largest of `radius` shorter sides; inside, the image * disc of radius `blur`.

    The air also takes away some contrast (a bright sheen of a sixth) and its edge refracts the light out of the
    aperture: a dark line of width `rim` with a bright one inside. Same places, shapes and relative sizes (1 down to
    0.25) at every severity, so a mild bubble lies inside the severe one.
    """
    places = scatter(rng, image.shape, count) * 0.8
    sizes = np.concatenate([[1.0], rng.uniform(0.25, 0.7, size=max(count - 1, 0))])
    shapes = [outline(rng, roughness=0.06, harmonics=3) for _ in range(count)]
    lens = disc(blur * shorter_side(image.shape))
    blurred = convolve(image, lens)
    out, mask = image.astype(np.float32), np.zeros(image.shape[:2], dtype=np.bool_)
    px = pixel(image.shape)
    for (y0, x0), size, shape in zip(places, sizes, shapes, strict=True):
        area = window(image.shape, (y0, x0), 1.6 * radius * size + 4 * rim)
        distance = shape.distance(area.y, area.x, radius * size)
        inside = spread(cover(distance, px), image)
        edge = np.exp(-0.5 * (distance / (0.45 * rim)) ** 2) * (np.abs(distance) < 1.5 * rim)
        bright = np.exp(-0.5 * ((distance + 1.5 * rim) / (0.45 * rim)) ** 2) * (distance < 0)
        sheen = (0.16 + 0.55 * bright).astype(np.float32)
        air = blurred[area.at] + spread(sheen, image) * (tint(_SHEEN_COLOUR, image) - blurred[area.at])
        mixed = out[area.at] + inside * (air - out[area.at])
        out[area.at] = mixed + spread((0.85 * edge).astype(np.float32), image) * (tint(_RIM_COLOUR, image) - mixed)
        mask[area.at] |= (distance < 0.5 * px) | (edge > 0)
    return within(image, out, mask)
