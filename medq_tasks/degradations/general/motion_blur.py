"""Linear motion blur: the picture moves steadily while it is exposed."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.coordinates import shorter_side
from medq_tasks.degradations.optics.psf import convolve, line
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image


@degradation(
    "general.motion_blur",
    category="resolution_blur",
    attribute="motion blur",
    curves={"length": Curve("shorter sides", ((0.1, 0.006), (0.4, 0.024), (0.9, 0.08), (1.0, 0.1)))},
    aliases=("motion_blur",),
    source="MedQ-Deg; FrOoDo moves 5 to 20 px",
)
def motion_blur(image: Image, rng: np.random.Generator, *, length: float) -> Effect:
    """out = image * a line of `length` shorter sides in a random direction, the same at every severity; sum 1.

    On display values, as the public tools do; the endoscopic and radiographic versions work on light.
    """
    angle = float(rng.uniform(0.0, np.pi))
    kernel = line(length * shorter_side(image.shape), angle)
    return Effect(convolve(image, kernel), facts={"angle_degrees": float(np.rad2deg(angle))})
