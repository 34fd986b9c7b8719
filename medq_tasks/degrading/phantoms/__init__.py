"""Rendered stand-ins for modalities of which no image may be passed on: no patient, no licence, for pictures only."""

from __future__ import annotations

from importlib import import_module

import numpy as np
import numpy.typing as npt

RENDERED = ("ct", "mri", "xray", "ultrasound", "dermoscopy")


def phantom(modality: str) -> npt.NDArray[np.uint8]:
    """The phantom of one of `RENDERED`, (320, 320) or (320, 320, 3) uint8; the same array every time."""
    if modality not in RENDERED:
        raise ValueError(f"no phantom of {modality!r}; there are: {', '.join(RENDERED)}")
    picture = import_module(f"{__name__}.{modality}").render()
    return np.asarray(np.rint(np.clip(picture, 0, 1) * 255), np.uint8)
