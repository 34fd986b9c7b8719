"""Acoustic shadow: behind bone, stone or gas the beam is spent."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.channels import spread
from medq_tasks.degradations.optics.coordinates import axes, half_extent
from medq_tasks.degradations.optics.echo import DYNAMIC_RANGE_DB, sector
from medq_tasks.degradations.optics.field import waves
from medq_tasks.degradations.optics.layer import within
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image


@degradation(
    "ultrasound.shadow",
    modalities=("ultrasound",),
    category="artifacts",
    attribute="acoustic shadow",
    curves={
        "loss_db": Curve("dB, two-way", ((0.1, 5.0), (0.4, 14.0), (0.9, 34.0), (1.0, 40.0))),
        "width": Curve("shorter sides", ((0.1, 0.1), (0.4, 0.16), (0.9, 0.32), (1.0, 0.36))),
    },
    fixed={"dynamic_range_db": DYNAMIC_RANGE_DB},
    local=True,
    source="attenuation in dB on a log-compressed display (Feldman et al., RadioGraphics 2009;29:1179)",
)
def shadow(
    image: Image,
    rng: np.random.Generator,
    *,
    loss_db: float,
    width: float,
    dynamic_range_db: float = DYNAMIC_RANGE_DB,
) -> Effect:
    """Grey falls by `loss_db` / `dynamic_range_db` below a reflector `width` shorter sides wide, its edge brightened.

    The beams run down the picture, diverging a little; the shadow's flanks are soft (the beam's width) and streaked.
    The reflector lies in the upper half of the scan, the same place at every severity.
    """
    seen = sector(image)
    rows, columns = np.nonzero(seen)
    across, down = rng.uniform(0.25, 0.75), rng.uniform(0.12, 0.4)
    streaks = waves(rng, (1, image.shape[1]), wavelength=0.06 * image.shape[1], octaves=2.0)
    y, x = axes(image.shape)
    centre = float(np.quantile(x[0, columns], across))
    top = float(np.quantile(y[rows, 0], down))
    depth = y - top + 0.25 * (x - centre) ** 2 / max(width, 1e-6)
    half = 0.5 * width * (1.0 + 0.25 * np.maximum(depth, 0.0) / half_extent(image.shape)[0])
    flank = np.clip(0.5 + (half - np.abs(x - centre)) / (0.3 * width), 0.0, 1.0)
    below = np.clip(depth / 0.02, 0.0, 1.0)
    loss = flank * below * (0.9 + 0.1 * np.tanh(streaks))
    echo = 0.35 * flank * np.exp(-0.5 * (depth / 0.01) ** 2) * min(1.0, loss_db / 20.0)
    changed = image - spread((loss_db / dynamic_range_db * loss - echo).astype(np.float32), image)
    return within(image, changed, seen & ((loss > 0) | (echo > 1e-3)), assumed=("dynamic_range_db",))
