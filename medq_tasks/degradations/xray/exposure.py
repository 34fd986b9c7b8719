"""Wrong exposure of a radiograph: the beam misses the straight part of the characteristic curve."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image
from medq_tasks.errors import DegradationError

DIRECTIONS = ("random", "over", "under")


@degradation(
    "xray.exposure",
    modalities=("xray",),
    category="intensity",
    attribute="exposure",
    curves={"stops": Curve("EV of the beam", ((0.1, 0.3), (0.4, 1.1), (0.9, 2.6), (1.0, 3.0)))},
    fixed={"gamma": 2.2, "direction": "random"},
    source="Hurter-Driffield characteristic curve, logistic form",
)
def exposure(
    image: Image, rng: np.random.Generator, *, stops: float, gamma: float = 2.2, direction: str = "random"
) -> Effect:
    """The logistic H&D curve shifted by `stops`: out / (1 - out) = image / (1 - image) * 2^(-+`stops` `gamma` / 2).

    Over-exposure blackens (white bone, black air), under-exposure leaves the film too light; contrast is lost at the
    toe and the shoulder. Black stays black, white white. The sign is drawn, unless `direction` is "over" or "under".
    """
    if direction not in DIRECTIONS:
        raise DegradationError(f"xray.exposure: direction must be one of {DIRECTIONS}, got {direction!r}")
    drawn = "over" if rng.uniform() < 0.5 else "under"
    taken = drawn if direction == "random" else direction
    odds = np.float32(2.0 ** ((-stops if taken == "over" else stops) * gamma / 2.0))
    out = image * odds / (image * odds + (1.0 - image))
    return Effect(np.clip(out, 0.0, 1.0).astype(np.float32), facts={"direction": taken})
