"""Threads: textile or paper fibres caught under the cover slip."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.channels import tint
from medq_tasks.degradations.optics.coordinates import Field, Shape, pixel, scatter
from medq_tasks.degradations.optics.coverage import along
from medq_tasks.degradations.optics.layer import absorb
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image

_MOST = 5
_SEGMENTS = 48
_ABSORBANCE = (1.1, 0.95, 0.6)  # bluish grey


@degradation(
    "histopathology.thread",
    modalities=("histopathology",),
    category="artifacts",
    attribute="thread",
    curves={
        "count": Curve("threads", ((0.1, 1), (0.4, 2), (0.9, 4), (1.0, 5)), integer=True),
        "width": Curve("shorter sides", ((0.1, 0.005), (0.4, 0.01), (0.9, 0.02), (1.0, 0.023))),
    },
    fixed={"length": 1.4, "density": 0.75},
    local=True,
    source="FrOoDo threads (scale 0.1 to 9); fibre profile of ours",
)
def thread(
    image: Image,
    rng: np.random.Generator,
    *,
    count: int,
    width: float,
    length: float = 1.4,
    density: float = 0.75,
) -> Effect:
    """out = image * 10^-(D a) along `count` (at most 5) curved fibres of `width` and `length` shorter sides.

    A fibre is a translucent cylinder: D is `density` times a third inside, more towards its refracting edges, and
    varies along it. The curves are random walks whose curvature is correlated; the first n are the same at every
    severity.
    """
    starts = scatter(rng, image.shape, _MOST) * 0.7
    draws = rng.standard_normal((_MOST, _SEGMENTS + 1))
    total = np.zeros(image.shape[:2], dtype=np.float32)
    for start, draw in list(zip(starts, draws, strict=True))[: int(count)]:
        total += density * _fibre(image.shape, (start[0], start[1]), draw, 0.5 * width, length)
    return absorb(image, total.astype(np.float32), tint(_ABSORBANCE, image))


def _fibre(shape: Shape, start: tuple[float, float], draw: Field, half: float, length: float) -> Field:
    """The relative density of one fibre: 0 outside, about 1/3 in the middle, up to 1 at the edges."""
    from scipy.signal import lfilter

    curvature = lfilter([0.5], [1.0, -0.75], draw[1:])
    heading = 3.0 * draw[0] + np.cumsum(0.28 * curvature)
    step = length / _SEGMENTS
    ys = start[0] + np.concatenate([[0.0], np.cumsum(step * np.sin(heading))])
    xs = start[1] + np.concatenate([[0.0], np.cumsum(step * np.cos(heading))])
    distance, position, _ = along(
        shape, ys - ys.mean() + start[0], xs - xs.mean() + start[1], reach=2 * half + pixel(shape)
    )
    local = half * (0.85 + 0.15 * np.sin(40 * position + draw[0]))
    inside = np.clip(0.5 + (local - distance) / pixel(shape), 0.0, 1.0)
    rim = np.clip(distance / np.maximum(local, 1e-6), 0.0, 1.0) ** 4
    return np.asarray(inside * (0.35 + 0.65 * rim), dtype=np.float32)
