"""Tissue overlap: a torn flap of tissue lies over another part of the section."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from medq_tasks.degradations.optics.channels import spread
from medq_tasks.degradations.optics.coordinates import axes, half_extent, pixel
from medq_tasks.degradations.optics.coverage import cover, outline
from medq_tasks.degradations.optics.layer import within
from medq_tasks.degradations.optics.psf import gaussian
from medq_tasks.degradations.optics.transmission import transmittance
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image


@degradation(
    "histopathology.overlap",
    modalities=("histopathology",),
    category="artifacts",
    attribute="overlap",
    curves={"radius": Curve("shorter sides", ((0.1, 0.06), (0.4, 0.16), (0.9, 0.36), (1.0, 0.4)))},
    fixed={"roughness": 0.35, "blur": 0.002},
    aliases=("tissue_overlap",),
    local=True,
    source="product of transmittances as in FrOoDo's overlap (Beer-Lambert)",
)
def overlap(
    image: Image, rng: np.random.Generator, *, radius: float, roughness: float = 0.35, blur: float = 0.002
) -> Effect:
    """Inside a ragged flap of mean `radius` shorter sides, out = image T(flap): two layers of tissue.

    The flap is the section itself, flipped over and shifted by a random amount, mirrored at its borders, and `blur`
    shorter sides out of focus; T is its transmittance relative to empty glass. Same place and outline at every
    severity.
    """
    place, shift = rng.uniform(size=2), rng.uniform(0.2, 0.8, size=2)
    shape = outline(rng, roughness=roughness, harmonics=12)
    half_y, half_x = half_extent(image.shape)
    y, x = axes(image.shape)
    distance = shape.distance(y - (place[0] - 0.5) * half_y, x - (place[1] - 0.5) * half_x, radius)
    opacity = cover(distance, pixel(image.shape))
    flipped = transmittance(image)[::-1, ::-1]
    rows, columns = (_mirrored(n, int(s * n)) for s, n in zip(shift, image.shape[:2], strict=True))
    flap = gaussian(flipped[rows][:, columns], blur / pixel(image.shape))
    return within(image, image * (1.0 - spread(opacity, image) * (1.0 - flap)), opacity > 0)


def _mirrored(size: int, shift: int) -> npt.NDArray[np.int64]:
    """The indices 0 .. size - 1 shifted, reflected where they leave the range."""
    at = (np.arange(size) + shift) % (2 * size)
    return np.minimum(at, 2 * size - 1 - at)
