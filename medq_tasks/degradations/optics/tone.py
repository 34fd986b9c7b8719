"""Display values to light and back: what happens in a lens or on a sensor happens in linear light."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.spec import Image

_KNEE = 0.04045  # display value below which the sRGB curve is a line


def to_light(image: Image) -> Image:
    """Relative luminance in [0, 1], float32, of sRGB display values in [0, 1] (IEC 61966-2-1).

    >>> round(float(to_light(np.float32([0.5]))[0]), 4)
    0.214
    """
    curved = ((np.maximum(image, _KNEE) + 0.055) / 1.055) ** 2.4
    return np.where(image <= _KNEE, image / 12.92, curved).astype(np.float32)


def to_display(light: Image) -> Image:
    """sRGB display values in [0, 1], float32, of light; light beyond [0, 1] is clipped, as a sensor does."""
    clipped = np.clip(light, 0.0, 1.0)
    curved = 1.055 * np.maximum(clipped, _KNEE / 12.92) ** (1 / 2.4) - 0.055
    curved = np.where(clipped >= 1.0, 1.0, curved)  # rounding must not leave full white a bit short
    return np.where(clipped <= _KNEE / 12.92, clipped * 12.92, curved).astype(np.float32)
