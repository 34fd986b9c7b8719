"""Bright-field transmission: the light that a slide passes, relative to empty glass."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from medq_tasks.degradations.spec import Image


def empty_glass(image: Image) -> npt.NDArray[np.float32]:
    """The value of empty glass a channel: the 99th percentile, at least 0.7; shape (3,) for RGB, () for grey."""
    level = np.asarray(np.percentile(image, 99.0, axis=(0, 1)))
    return np.clip(level, 0.7, 1.0).astype(np.float32)


def transmittance(image: Image) -> Image:
    """The share of the light that the slide passes, in [0, 1]: image / empty glass; float32."""
    return np.asarray(np.clip(image / empty_glass(image), 0.0, 1.0), dtype=np.float32)
