"""Low contrast of a fundus photograph: vessels and disc fade into the background."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.aperture import field_of_view
from medq_tasks.degradations.optics.channels import spread
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image


@degradation(
    "fundus.low_contrast",
    modalities=("fundus",),
    category="intensity",
    attribute="low contrast",
    curves={"contrast": Curve("share kept", ((0.1, 0.85), (0.4, 0.5), (0.9, 0.15), (1.0, 0.1)))},
    source="attribute of MedQ-Bench; contrast factor 0.6 to 1.4 in Shen et al. (IEEE TMI 2021;40:996)",
)
def low_contrast(image: Image, rng: np.random.Generator, *, contrast: float) -> Effect:
    """out = mean + `contrast` (image - mean) inside the field of view, each channel about its own mean there.

    The black surround keeps its bits, unlike in `general.reduce_contrast`.
    """
    seen = field_of_view(image)
    mean = image[seen].mean(axis=0, dtype=np.float64)
    faded = np.clip(mean + contrast * (image - mean), 0.0, 1.0)
    return Effect(np.where(spread(seen, image), faded, image).astype(np.float32))  # type: ignore[arg-type]
