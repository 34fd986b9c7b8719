"""Ring artefacts: detector elements with a wrong gain draw circles round the rotation centre."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from medq_tasks.degradations.ct.projector import half_turn, projector
from medq_tasks.degradations.ct.scan import SCAN, check_count, open_scan
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image

BAD_SHARE = 0.02  # of the elements; they stand out as single rings
BAD_FACTOR = 6.0  # how much larger their gain error is
ELEMENTS_ACROSS = 256  # an image; a pixel is the narrowest element


@degradation(
    "ct.ring",
    modalities=("ct",),
    category="artifacts",
    attribute="ring artifact",
    curves={"gain_sd": Curve("relative gain error", ((0.1, 0.0015), (0.4, 0.007), (0.9, 0.02), (1, 0.025)), log=True)},
    fixed={**SCAN, "views": 720},
    colour="grey",
    source="Boas and Fleischmann 2012 (doi 10.2217/iim.12.13); Munch et al. 2009 (doi 10.1364/OE.17.008567)",
)
def ring(image: Image, rng: np.random.Generator, *, gain_sd: float, views: float, **scan: Any) -> Effect:
    """The slice from a 360-degree scan whose detector elements have gains 1 + e, e of sd `gain_sd` (x 6 for 2 %).

    The same error in every view: p(angle, s) = p0(angle, s) - ln(1 + e(s)). Over 180 degrees only half rings would
    form. `views` over the full turn. Facts: `bad_elements`.
    """
    setting = open_scan(image, **scan)
    side = setting.slice.side
    angles = 2 * half_turn(check_count("views", views, low=4, high=4096))
    turn = projector(side, angles)
    error, bad = gain_errors(turn.bins, rng, width_px=max(math.ceil(side / ELEMENTS_ACROSS), 1))
    offset = -np.log1p(np.clip(gain_sd * error, -0.95, None))
    clean = turn.forward(setting.slice.mu)
    degraded = clean + offset.astype(np.float32)
    return setting.effect_of_error(turn, clean, degraded, bad_elements=bad)


def gain_errors(bins: int, rng: np.random.Generator, *, width_px: int) -> tuple[npt.NDArray[np.float64], int]:
    """The gain error of each bin in units of its sd, (bins,), and the number of bad elements among them."""
    elements = math.ceil(bins / width_px)
    error = rng.standard_normal(elements)
    bad = rng.random(elements) < BAD_SHARE
    error[bad] *= BAD_FACTOR
    return np.repeat(error, width_px)[:bins], int(bad.sum())
