"""Stain change: over- or under-staining, or a stain that faded."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.stain import DAB, EOSIN, HAEMATOXYLIN, restain, stain_matrix
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image
from medq_tasks.errors import DegradationError

COUNTERSTAINS = {"eosin": EOSIN, "dab": DAB}


@degradation(
    "histopathology.stain",
    modalities=("histopathology",),
    category="intensity",
    attribute="stain variation",
    curves={"change": Curve("ln of the dose ratio", ((0.1, 0.12), (0.4, 0.5), (0.9, 1.15), (1.0, 1.3)))},
    fixed={"counterstain": "eosin"},
    aliases=("stain_variation",),
    colour="rgb",
    source="Beer-Lambert, vectors of Ruifrok and Johnston 2001; HED jitter (Tellez et al., Med Image Anal 2019)",
)
def stain(image: Image, rng: np.random.Generator, *, change: float, counterstain: str = "eosin") -> Effect:
    """Optical density = c M becomes (c factors) M: each stain's concentration times exp(+-`change`).

    M holds haematoxylin and `counterstain` ("eosin" or "dab"); each sign is drawn, the same at every severity. The
    part of the optical density orthogonal to both stains is kept. A grey image has no stains: RGB only.
    """
    if counterstain not in COUNTERSTAINS:
        raise DegradationError(
            f"histopathology.stain: counterstain must be one of {sorted(COUNTERSTAINS)}, got {counterstain!r}"
        )
    signs = np.where(rng.uniform(size=2) < 0.5, -1.0, 1.0)
    first, second = (float(factor) for factor in np.exp(change * signs))
    matrix = stain_matrix(HAEMATOXYLIN, COUNTERSTAINS[counterstain])
    return Effect(restain(image, matrix, (first, second)), facts={"factors": [first, second]})
