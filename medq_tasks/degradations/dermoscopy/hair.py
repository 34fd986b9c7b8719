"""Hairs across a skin lesion."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from medq_tasks.degradations.optics.channels import tint
from medq_tasks.degradations.optics.coordinates import Field, Shape, pixel, scatter
from medq_tasks.degradations.optics.coverage import along
from medq_tasks.degradations.optics.layer import absorb
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image

_MOST = 80
_SEGMENTS = 14
_ABSORBANCE = (0.85, 1.0, 1.1)  # dark brown

Points = npt.NDArray[np.float64]


@degradation(
    "dermoscopy.hair",
    modalities=("dermoscopy",),
    category="artifacts",
    attribute="hair",
    curves={
        "count": Curve("hairs", ((0.1, 4), (0.4, 12), (0.9, 40), (1.0, 46)), integer=True),
        "width": Curve("shorter sides", ((0.1, 0.004), (0.4, 0.006), (0.9, 0.009), (1.0, 0.01))),
    },
    fixed={"density": 1.1},
    local=True,
    source="geometry after HairSim (Mirzaalian et al., IEEE TIP 2014;23:5486); absorption of ours",
)
def hair(image: Image, rng: np.random.Generator, *, count: int, width: float, density: float = 1.1) -> Effect:
    """out = image * 10^-(D a) along `count` (at most 80) gently curved hairs, tapering from `width` to a quarter.

    Hairs share a growth direction within about 30 degrees, are 0.4 to 1.3 shorter sides long, and each has its own
    D up to `density`, less along the middle, where a hair shines. The first n are the same at every severity.
    """
    roots = scatter(rng, image.shape, _MOST)
    growth = rng.uniform(0.0, 2 * np.pi)
    draws = rng.standard_normal((_MOST, 2))
    lengths = rng.uniform(0.4, 1.3, size=_MOST)
    strengths = rng.uniform(0.5, 1.0, size=_MOST)
    total = np.zeros(image.shape[:2], dtype=np.float32)
    for i in range(min(int(count), _MOST)):
        ys, xs = _arc(growth + 0.4 * draws[i, 0], 0.8 * draws[i, 1], float(lengths[i]))
        strand = _strand(image.shape, roots[i, 0] + ys, roots[i, 1] + xs, width)
        np.maximum(total, density * strengths[i] * strand, out=total)
    return absorb(image, total.astype(np.float32), tint(_ABSORBANCE, image))


def _arc(heading: float, bend: float, length: float) -> tuple[Points, Points]:
    """Points along an arc of `length` about its middle, which heads to `heading` and turns by `bend` radians in all."""
    angles = heading + bend * np.linspace(-0.5, 0.5, _SEGMENTS)
    ys, xs = (np.cumsum(part(angles)) * length / _SEGMENTS for part in (np.sin, np.cos))
    return ys - ys.mean(), xs - xs.mean()


def _strand(shape: Shape, ys: Points, xs: Points, width: float) -> Field:
    """The relative density of one hair along a line, tapering."""
    px = pixel(shape)
    distance, position, _ = along(shape, ys, xs, reach=width + px)
    half = 0.5 * width * (1.0 - 0.75 * position)
    inside = np.clip(0.5 + (half - distance) / px, 0.0, 1.0) * np.minimum(1.0, 2 * half / px)
    shine = 1.0 - 0.35 * np.exp(-0.5 * ((distance - 0.25 * half) / (0.25 * half + 0.5 * px)) ** 2)
    return np.asarray(inside * shine, dtype=np.float32)
