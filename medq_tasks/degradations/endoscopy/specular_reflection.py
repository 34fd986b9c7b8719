"""Specular reflection: wet mucosa mirrors the lamp, and the sensor saturates."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.aperture import field_of_view, only_inside
from medq_tasks.degradations.optics.channels import luminance, tint
from medq_tasks.degradations.optics.coordinates import shorter_side
from medq_tasks.degradations.optics.field import waves
from medq_tasks.degradations.optics.layer import over
from medq_tasks.degradations.optics.psf import gaussian
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image

_LAMP = (1.0, 0.995, 0.97)


@degradation(
    "endoscopy.specular_reflection",
    modalities=("endoscopy",),
    category="artifacts",
    attribute="specular reflection",
    curves={
        "area": Curve("share of the field of view", ((0.1, 0.003), (0.4, 0.015), (0.9, 0.07), (1.0, 0.09)), log=True)
    },
    fixed={"wavelength": 0.09, "glow": 0.8},
    local=True,
    source="EAD2019 (Ali et al., Sci Rep 2020;10:2748): severity as area; facets of a rough wet surface",
)
def specular_reflection(
    image: Image, rng: np.random.Generator, *, area: float, wavelength: float = 0.09, glow: float = 0.8
) -> Effect:
    """White highlights on the share `area` of the field of view, with a soft edge.

    A facet mirrors the lamp when its slope is right: where a random height field (largest `wavelength` in shorter
    sides), raised where the surface is bright, exceeds the level that leaves `area` above it. `glow` sets the edge, in
    standard deviations of the field. One field, so the highlights of a mild image lie inside those of the severe one.
    """
    facets = waves(rng, image.shape, wavelength=wavelength, octaves=2.5, slope=0.9)
    patches = waves(rng, image.shape, wavelength=0.7, octaves=1.0, count=16)
    shade = gaussian(luminance(image), 0.02 * shorter_side(image.shape))
    field = facets + 0.9 * patches + 0.8 * (shade - shade.mean()) / (shade.std() + 0.05)
    seen = field_of_view(image)
    level = float(np.quantile(field[seen], 1.0 - area))
    rise = np.clip((field - level) / glow + 0.5, 0.0, 1.0)
    opacity = (rise * rise * (3.0 - 2.0 * rise)).astype(np.float32)
    return only_inside(over(image, tint(_LAMP, image), opacity), image, seen)
