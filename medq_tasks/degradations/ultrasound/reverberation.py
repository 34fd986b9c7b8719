"""Reverberation: the pulse bounces between the probe and a strong reflector and returns again and again."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.channels import spread
from medq_tasks.degradations.optics.coordinates import axes, shorter_side
from medq_tasks.degradations.optics.echo import DYNAMIC_RANGE_DB, sector, to_amplitude, to_display
from medq_tasks.degradations.optics.field import waves
from medq_tasks.degradations.optics.layer import within
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image


@degradation(
    "ultrasound.reverberation",
    modalities=("ultrasound",),
    category="artifacts",
    attribute="reverberation",
    curves={"level_db": Curve("dB re white", ((0.1, -34.0), (0.4, -22.0), (0.9, -8.0), (1.0, -5.0)))},
    fixed={"spacing": 0.11, "decay_db": 3.0, "dynamic_range_db": DYNAMIC_RANGE_DB},
    source="equally spaced bands of decreasing intensity (Feldman et al., RadioGraphics 2009;29:1179)",
)
def reverberation(
    image: Image,
    rng: np.random.Generator,
    *,
    level_db: float,
    spacing: float = 0.11,
    decay_db: float = 3.0,
    dynamic_range_db: float = DYNAMIC_RANGE_DB,
) -> Effect:
    """a_out = a + sum over n of bands at depths n d, the first of `level_db`, each next `decay_db` weaker.

    d is `spacing` shorter sides times a drawn 0.8 to 1.2; bands are 0.006 thick, slightly curved, mottled, strongest in
    the middle, and lie inside the scan below its top. Amplitudes add before log compression. Same bands at every
    severity.
    """
    step = spacing * rng.uniform(0.8, 1.2)
    centre = rng.uniform(-0.2, 0.2)
    uneven = waves(rng, image.shape, wavelength=0.3, octaves=2.5, slope=0.6)
    seen = sector(image)
    y, x = axes(image.shape)
    top = float(y[np.nonzero(seen.any(axis=1))[0][0], 0])
    depth = y - top + 0.03 * (x - centre) ** 2
    number = np.maximum(np.rint(depth / step), 0.0)
    mottle = waves(rng, image.shape, wavelength=0.03, octaves=2.0, slope=0.3, count=96)
    profile = np.exp(-0.5 * ((depth - number * step) / max(0.006, 0.7 / shorter_side(image.shape))) ** 2)
    lateral = np.exp(-0.5 * ((x - centre) / 0.2) ** 2)
    strength_db = level_db - decay_db * (number - 1.0) + 5.0 * np.tanh(uneven) + 3.0 * mottle
    bands = np.where(number >= 1, 10.0 ** (strength_db / 20.0) * profile * lateral, 0.0).astype(np.float32)
    total = to_amplitude(image, dynamic_range_db=dynamic_range_db) + spread(bands, image)
    shown = to_display(total, dynamic_range_db=dynamic_range_db)
    return Effect(
        within(image, np.maximum(shown, image), seen).image,
        facts={"spacing": float(step)},
        assumed=("dynamic_range_db",),
    )
