"""Motion blur of an endoscope: the tip jerks while the frame is exposed."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.aperture import convolve_inside, field_of_view, only_inside
from medq_tasks.degradations.optics.coordinates import shorter_side
from medq_tasks.degradations.optics.psf import path
from medq_tasks.degradations.optics.tone import to_display, to_light
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image


@degradation(
    "endoscopy.motion_blur",
    modalities=("endoscopy",),
    category="motion",
    attribute="motion blur",
    curves={"length": Curve("shorter sides", ((0.1, 0.008), (0.4, 0.032), (0.9, 0.11), (1.0, 0.13)))},
    source="EAD2019 class blur; linear light and a curved path of ours",
)
def motion_blur(image: Image, rng: np.random.Generator, *, length: float) -> Effect:
    """light_out = light * path of a point that starts at a random heading and accelerates sideways; sum 1.

    The path is a parabola about `length` shorter sides long. In linear light highlights draw streaks, as they do on a
    sensor. Same path, scaled, at every severity;
    the edge of the field of view belongs to the camera and stays sharp.
    """
    heading, bend = 2 * np.pi * rng.uniform(), rng.uniform(-0.5, 0.5)
    time = np.linspace(-0.5, 0.5, 8 * max(8, int(length * shorter_side(image.shape))))
    forward = length * shorter_side(image.shape) * time
    sideways = length * shorter_side(image.shape) * bend * (2 * time**2 - 0.25)
    kernel = path(
        forward * np.sin(heading) + sideways * np.cos(heading), forward * np.cos(heading) - sideways * np.sin(heading)
    )
    seen = field_of_view(image)
    return only_inside(Effect(to_display(convolve_inside(to_light(image), kernel, seen))), image, seen)
