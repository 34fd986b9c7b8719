"""Motion blur of a radiograph: the patient moves or breathes during the exposure."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.coordinates import shorter_side
from medq_tasks.degradations.optics.psf import convolve, line
from medq_tasks.degradations.optics.radiograph import SPAN, to_display, to_intensity
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image


@degradation(
    "xray.motion_blur",
    modalities=("xray",),
    category="resolution_blur",
    attribute="motion blur",
    curves={"length": Curve("shorter sides", ((0.1, 0.005), (0.4, 0.022), (0.9, 0.075), (1.0, 0.09)))},
    fixed={"span": SPAN},
    aliases=("xray_motion_blur_artifact",),
    source="MedQ-Deg; FrOoDo moves X-ray images by 5 to 20 px; blur of the intensity, not of the film",
)
def motion_blur(image: Image, rng: np.random.Generator, *, length: float, span: float = SPAN) -> Effect:
    """I_out = I * a line of `length` shorter sides, I = exp(-`span` image) the intensity at the detector.

    Within 30 degrees of the vertical (breathing), either way; the same direction at every severity. Because
    intensities and not densities are averaged, dark areas win over white ones at their borders.
    """
    angle = float(np.pi / 2 + np.deg2rad(rng.uniform(-30.0, 30.0)))
    blurred = convolve(to_intensity(image, span=span), line(length * shorter_side(image.shape), angle))
    return Effect(to_display(blurred, span=span), facts={"angle_degrees": float(np.rad2deg(angle))}, assumed=("span",))
