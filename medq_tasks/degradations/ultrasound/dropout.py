"""Dropout: dead elements or lost contact leave dark columns below the probe."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.channels import spread
from medq_tasks.degradations.optics.coordinates import axes
from medq_tasks.degradations.optics.echo import DYNAMIC_RANGE_DB, sector
from medq_tasks.degradations.optics.layer import within
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image

_MOST = 12


@degradation(
    "ultrasound.dropout",
    modalities=("ultrasound",),
    category="artifacts",
    attribute="dropout",
    curves={
        "count": Curve("columns", ((0.1, 2), (0.4, 4), (0.9, 9), (1.0, 10)), integer=True),
        "loss_db": Curve("dB", ((0.1, 6.0), (0.4, 14.0), (0.9, 36.0), (1.0, 42.0))),
    },
    fixed={"width": 0.05, "dynamic_range_db": DYNAMIC_RANGE_DB},
    local=True,
    source="dead transducer elements (Martensson et al., Eur J Echocardiogr 2009;10:389); profile of ours",
)
def dropout(
    image: Image,
    rng: np.random.Generator,
    *,
    count: int,
    loss_db: float,
    width: float = 0.05,
    dynamic_range_db: float = DYNAMIC_RANGE_DB,
) -> Effect:
    """Grey falls by up to `loss_db` / `dynamic_range_db` in `count` (at most 12) columns of the scan.

    A column is `width` shorter sides wide times a drawn 0.3 to 1; it fills in with depth, where neighbouring elements'
    beams overlap, down to half the loss. Columns run straight down, as below
    a linear probe. The first n columns are the same at every severity.
    """
    shares = rng.uniform(0.08, 0.92, size=_MOST)
    widths = width * rng.uniform(0.3, 1.0, size=_MOST)
    strengths = rng.uniform(0.6, 1.0, size=_MOST)
    seen = sector(image)
    y, x = axes(image.shape)
    top = float(y[np.nonzero(seen.any(axis=1))[0][0], 0])
    ends = x[0, np.nonzero(seen.any(axis=0))[0][[0, -1]]]
    places = ends[0] + shares * (ends[1] - ends[0])
    loss = np.zeros(image.shape[:2], dtype=np.float32)
    for place, wide, strength in list(zip(places, widths, strengths, strict=True))[: int(count)]:
        half = 0.5 * wide * (1.0 + 0.4 * np.maximum(y - top, 0.0))
        profile = np.clip((half - np.abs(x - place)) / (0.35 * wide) + 0.5, 0.0, 1.0)
        fill = 1.0 - 0.5 * np.clip(y - top, 0.0, 1.0)
        loss = np.maximum(loss, strength * profile * fill)
    changed = image - spread((loss_db / dynamic_range_db * loss).astype(np.float32), image)
    return within(image, changed, seen & (loss > 0), assumed=("dynamic_range_db",))
