"""Wrong exposure: too little or too much light on the sensor, the highlights lost."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.tone import to_display, to_light
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image
from medq_tasks.errors import DegradationError

DIRECTIONS = ("random", "over", "under")


@degradation(
    "general.exposure",
    category="intensity",
    attribute="exposure",
    curves={"stops": Curve("EV", ((0.1, 0.3), (0.4, 1.2), (0.9, 2.7), (1.0, 3.2)))},
    fixed={"direction": "random"},
    aliases=("exposure_artifact",),
    source="MedQ-Deg, whose figures show under-exposure at L1 and over-exposure at L2: both signs occur",
)
def exposure(image: Image, rng: np.random.Generator, *, stops: float, direction: str = "random") -> Effect:
    """light_out = clip(2^(+-`stops`) light), in linear light (sRGB decoded and encoded again).

    The sign is drawn, the same at every severity, unless `direction` is "over" or "under". Over-exposure clips.
    """
    if direction not in DIRECTIONS:
        raise DegradationError(f"general.exposure: direction must be one of {DIRECTIONS}, got {direction!r}")
    drawn = "over" if rng.uniform() < 0.5 else "under"
    taken = drawn if direction == "random" else direction
    gain = np.float32(2.0 ** (stops if taken == "over" else -stops))
    return Effect(to_display(gain * to_light(image)), facts={"direction": taken})
