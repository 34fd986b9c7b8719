"""Scatter: photons deflected in the body lay a veil over the radiograph."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.coordinates import shorter_side
from medq_tasks.degradations.optics.psf import gaussian
from medq_tasks.degradations.optics.radiograph import SPAN, to_display, to_intensity
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image


@degradation(
    "xray.scatter",
    modalities=("xray",),
    category="artifacts",
    attribute="scatter",
    curves={"ratio": Curve("scatter to primary", ((0.1, 0.15), (0.4, 0.8), (0.9, 4.0), (1.0, 5.0)))},
    fixed={"spread": 0.08, "span": SPAN},
    source="scatter-to-primary ratio of 0.5 to 5 without a grid (Bushberg, chapter 7); Gaussian scatter kernel",
)
def scatter(
    image: Image, rng: np.random.Generator, *, ratio: float, spread: float = 0.08, span: float = SPAN
) -> Effect:
    """I_out = (I + `ratio` I * G) / (1 + `ratio`): scatter is the primary blurred by `spread` shorter sides.

    The division is the detector's exposure control. Contrast of small things falls to 1 / (1 + `ratio`).
    """
    primary = to_intensity(image, span=span)
    scattered = gaussian(primary, spread * shorter_side(image.shape))
    return Effect(to_display((primary + ratio * scattered) / (1.0 + ratio), span=span), assumed=("span",))
