"""Changed brightness of the display: every value scaled."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image
from medq_tasks.errors import DegradationError


@degradation(
    "general.brightness",
    category="intensity",
    attribute="brightness",
    curves={"factor": Curve("of the clean value", ((0.1, 0.9), (0.4, 0.55), (0.9, 0.22), (1.0, 0.15)))},
    fixed={"direction": "darker"},
    aliases=("adjust_brightness",),
    source="MedQ-Deg, whose figures show darkening; FrOoDo scales by 0.2 to 0.8 (darker)",
)
def brightness(image: Image, rng: np.random.Generator, *, factor: float, direction: str = "darker") -> Effect:
    """Darker: out = `factor` image. Brighter: out = 1 - `factor` (1 - image), the same on the negative.

    `factor` in (0, 1] scales display values, not light. Both keep every value apart: nothing is clipped.
    """
    if direction not in ("darker", "brighter"):
        raise DegradationError(f"general.brightness: direction must be 'darker' or 'brighter', got {direction!r}")
    scaled = factor * image if direction == "darker" else 1.0 - factor * (1.0 - image)
    return Effect(np.clip(scaled, 0.0, 1.0).astype(np.float32))
