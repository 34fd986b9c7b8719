"""Rotation: the object lies turned in the picture."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.channels import each_channel
from medq_tasks.degradations.optics.coordinates import Field
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image


@degradation(
    "general.rotation",
    category="motion",
    attribute="rotation",
    curves={"angle": Curve("degrees", ((0.1, 7.0), (0.4, 28.0), (0.9, 160.0), (1.0, 180.0)))},
    fixed={"fill": 0.0},
    aliases=("rotation_artifact",),
    source="MedQ-Deg; angles read off its figures: about 20 to 35 (L1) and 120 to 200 degrees (L2)",
)
def rotation(image: Image, rng: np.random.Generator, *, angle: float, fill: float = 0.0) -> Effect:
    """The image turned about its centre by +-`angle` degrees (0 to 180), the sign drawn; bilinear, the size kept.

    Corners that nothing turns into become `fill`. The mean displacement of a pixel, 2 r sin(angle / 2), rises with the
    angle, but the pixel-wise fidelity need not: a picture can resemble itself turned by 180 degrees.
    """
    from scipy.ndimage import affine_transform

    signed = angle if rng.uniform() < 0.5 else -angle
    cos, sin = np.cos(np.deg2rad(signed)), np.sin(np.deg2rad(signed))
    matrix = np.array([[cos, sin], [-sin, cos]])
    centre = (np.array(image.shape[:2]) - 1) / 2
    offset = centre - matrix @ centre

    def turned(channel: Field) -> Field:
        out = affine_transform(channel, matrix, offset=offset, order=1, mode="grid-constant", cval=fill)
        return np.asarray(out, dtype=np.float32)

    return Effect(np.clip(each_channel(image, turned), 0.0, 1.0), facts={"signed_angle": signed})
