"""Halo: a coloured ring of stray light at the edge of a fundus photograph, from a pupil that is too small."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.aperture import field_of_view
from medq_tasks.degradations.optics.channels import spread, tint
from medq_tasks.degradations.optics.coordinates import axes
from medq_tasks.degradations.optics.layer import within
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image

_TINTS = ((0.98, 0.97, 0.96), (0.55, 0.93, 0.93), (0.69, 0.76, 0.58))


@degradation(
    "fundus.halo",
    modalities=("fundus",),
    category="artifacts",
    attribute="halo",
    curves={
        "strength": Curve("of the full scale", ((0.1, 0.15), (0.4, 0.45), (0.9, 0.85), (1.0, 0.95))),
        "width": Curve("shorter sides", ((0.1, 0.05), (0.4, 0.07), (0.9, 0.12), (1.0, 0.13))),
    },
    source="light transmission disturbance of Shen et al. (IEEE TMI 2021;40:996): ring, its three tints, its place",
)
def halo(image: Image, rng: np.random.Generator, *, strength: float, width: float) -> Effect:
    """out = 1 - (1 - image)(1 - `strength` R c): light of a tint c added (screened) on a soft ring R.

    R is a Gaussian of standard deviation `width` across a circle whose diameter is 0.75 to 1 shorter sides and whose
    centre lies within 1/8 of the middle, stronger on one side. Only inside the field of view.
    """
    size, turn = rng.uniform(0.36, 0.48), rng.uniform(0.0, 2 * np.pi)
    centre = rng.uniform(-0.1, 0.1, size=2)
    colour = tint(_TINTS[int(rng.integers(len(_TINTS)))], image)
    y, x = axes(image.shape)
    dy, dx = y - centre[0], x - centre[1]
    radius = np.hypot(dy, dx)
    side = 0.65 + 0.35 * (dy * np.sin(turn) + dx * np.cos(turn)) / np.maximum(radius, 1e-6)
    ring = (np.exp(-0.5 * ((radius - size) / width) ** 2) * side).astype(np.float32)
    lit = 1.0 - (1.0 - image) * (1.0 - strength * spread(ring, image) * colour)
    return Effect(within(image, lit, field_of_view(image)).image)
