"""Blood stain: a film of blood that spread over the section."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.channels import tint
from medq_tasks.degradations.optics.coordinates import axes, half_extent, pixel
from medq_tasks.degradations.optics.field import waves
from medq_tasks.degradations.optics.layer import absorb
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image

_ABSORBANCE = (0.1, 0.55, 0.55)


@degradation(
    "histopathology.blood_stain",
    modalities=("histopathology",),
    category="artifacts",
    attribute="blood stain",
    curves={
        "radius": Curve("shorter sides", ((0.1, 0.08), (0.4, 0.2), (0.9, 0.45), (1.0, 0.5))),
        "density": Curve("optical density", ((0.1, 0.35), (0.4, 0.5), (0.9, 0.8), (1.0, 0.9))),
    },
    local=True,
    source="attribute of MedQ-Bench; Beer-Lambert film of ours",
)
def blood_stain(image: Image, rng: np.random.Generator, *, radius: float, density: float) -> Effect:
    """out = image * 10^-(D a) in an irregular pool about `radius` shorter sides wide; D about `density` at its rim.

    A drying pool leaves more at its rim (the coffee ring) and unevenly inside: D = `density` (0.6 + 0.4 rim) texture.
    The outline follows one random field whose level rises with the radius: a mild pool lies inside the severe one.
    """
    place = rng.uniform(-0.5, 0.5, size=2) * half_extent(image.shape)
    edge_field = waves(rng, image.shape, wavelength=0.35, octaves=3.0, slope=1.3)
    texture = waves(rng, image.shape, wavelength=0.08, octaves=2.0)
    y, x = axes(image.shape)
    distance = np.hypot(y - place[0], x - place[1]) * (1.0 + 0.16 * np.tanh(edge_field)) - radius
    inside = np.clip(0.5 - distance / (4 * pixel(image.shape)), 0.0, 1.0)
    rim = np.exp(distance / 0.03) * (distance < 0)
    amount = density * inside * (0.6 + 0.4 * rim) * (1.0 + 0.15 * np.tanh(texture))
    return absorb(image, amount.astype(np.float32), tint(_ABSORBANCE, image))
