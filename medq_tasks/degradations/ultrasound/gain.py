"""Wrong gain: the echoes are amplified too much or too little, unevenly in depth."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.channels import spread
from medq_tasks.degradations.optics.coordinates import axes, half_extent
from medq_tasks.degradations.optics.echo import DYNAMIC_RANGE_DB, sector
from medq_tasks.degradations.optics.layer import within
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image
from medq_tasks.errors import DegradationError

DIRECTIONS = ("random", "over", "under")


@degradation(
    "ultrasound.gain",
    modalities=("ultrasound",),
    category="intensity",
    attribute="gain",
    curves={"error_db": Curve("dB", ((0.1, 2.0), (0.4, 7.0), (0.9, 17.0), (1.0, 20.0)))},
    fixed={"tilt": 0.4, "direction": "random", "dynamic_range_db": DYNAMIC_RANGE_DB},
    source="overall gain and time-gain compensation on a log-compressed display",
)
def gain(
    image: Image,
    rng: np.random.Generator,
    *,
    error_db: float,
    tilt: float = 0.4,
    direction: str = "random",
    dynamic_range_db: float = DYNAMIC_RANGE_DB,
) -> Effect:
    """Grey moves by +-`error_db` (1 + `tilt` u) / `dynamic_range_db` inside the scan, u from -1 to 1 down or up.

    The signs of the error and of the depth tilt are drawn, unless `direction` is "over" or "under". Too much gain lifts
    the black between echoes too (amplifier noise), as far as the scan reaches.
    """
    if direction not in DIRECTIONS:
        raise DegradationError(f"ultrasound.gain: direction must be one of {DIRECTIONS}, got {direction!r}")
    signs = rng.uniform(size=2) < 0.5
    taken = ("over" if signs[0] else "under") if direction == "random" else direction
    y, _ = axes(image.shape)
    depth = y / half_extent(image.shape)[0] * (1.0 if signs[1] else -1.0)
    moved = (1.0 if taken == "over" else -1.0) * error_db / dynamic_range_db * (1.0 + tilt * depth)
    shift = np.broadcast_to(moved.astype(np.float32), image.shape[:2])
    changed = within(image, image + spread(shift, image), sector(image))
    return Effect(changed.image, facts={"direction": taken}, assumed=("dynamic_range_db",))
