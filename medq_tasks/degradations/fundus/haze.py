"""Haze: a cataract scatters the light between retina and camera."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.aperture import convolve_inside, field_of_view
from medq_tasks.degradations.optics.channels import spread
from medq_tasks.degradations.optics.coordinates import axes, shorter_side
from medq_tasks.degradations.optics.psf import disc
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image


@degradation(
    "fundus.haze",
    modalities=("fundus",),
    category="artifacts",
    attribute="haze",
    curves={
        "depth": Curve("optical depth", ((0.1, 0.15), (0.4, 0.6), (0.9, 1.7), (1.0, 2.1))),
        "blur": Curve("shorter sides", ((0.1, 0.001), (0.4, 0.004), (0.9, 0.011), (1.0, 0.013))),
    },
    aliases=("cataract",),
    source="I = J t + A (1 - t) as in the cataract models of Li et al. (ArcNet, 2022); straylight disc of ours",
)
def haze(image: Image, rng: np.random.Generator, *, depth: float, blur: float) -> Effect:
    """out = blurred image t + A (1 - t), t = exp(-`depth` (0.7 + 0.6 q)), inside the field of view.

    A is the field's 95th percentile a channel (the veil takes the fundus' colour, somewhat whitened); q in [0, 1] rises
    with the distance from a random centre of the opacity; forward scatter blurs with a disc of `blur` shorter sides.
    """
    centre = rng.uniform(-0.25, 0.25, size=2)
    seen = field_of_view(image)
    y, x = axes(image.shape)
    q = np.clip(np.hypot(y - centre[0], x - centre[1]) / 0.75, 0.0, 1.0)
    passed = spread(np.exp(-depth * (0.7 + 0.6 * q)).astype(np.float32), image)
    high = np.asarray(np.percentile(image[seen], 95.0, axis=0), dtype=np.float32)
    airlight = 0.7 * high + 0.3 * np.float32(0.75)
    scattered = convolve_inside(image, disc(blur * shorter_side(image.shape)), seen)
    veiled = np.clip(scattered * passed + airlight * (1.0 - passed), 0.0, 1.0)
    return Effect(np.where(spread(seen, image), veiled, image).astype(np.float32))  # type: ignore[arg-type]
