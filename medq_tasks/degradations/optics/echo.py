"""A B-mode image's grey values as echo amplitudes and back."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.spec import Image, Mask

DYNAMIC_RANGE_DB = 60.0  # assumed; scanners show 40 to 80 dB


def to_amplitude(image: Image, *, dynamic_range_db: float = DYNAMIC_RANGE_DB) -> Image:
    """Echo amplitudes relative to white, float32; black (0) is no echo: amplitude 0.

    Log compression: grey = 1 + 20 log10(a) / dynamic range. The range is assumed, not measured.
    """
    amplitude = np.exp(np.log(10.0) / 20.0 * dynamic_range_db * (image - 1.0))
    return np.where(image > 0, amplitude, 0.0).astype(np.float32)


def to_display(amplitude: Image, *, dynamic_range_db: float = DYNAMIC_RANGE_DB) -> Image:
    """Grey values in [0, 1], float32, of echo amplitudes; weaker than the dynamic range is black."""
    floor = 10.0 ** (-dynamic_range_db / 20.0)
    grey = 1.0 + 20.0 * np.log10(np.maximum(amplitude, floor)) / dynamic_range_db
    return np.asarray(np.clip(grey, 0.0, 1.0), dtype=np.float32)


def sector(image: Image) -> Mask:
    """Where the scan is (H, W): the area enclosed by echoes; the black around it and small lettering left out.

    Where echoes are dense over 2 % of the shorter side, the largest connected area is taken and filled: between its
    leftmost and rightmost or its topmost and lowest pixels. All True in an image without echoes.
    """
    from scipy.ndimage import label, uniform_filter

    bright = image.max(axis=-1) if image.ndim == 3 else image
    size = max(3, round(0.02 * min(bright.shape)))
    dense = uniform_filter((bright > 0.02).astype(np.float32), size, mode="nearest") > 0.5
    parts, count = label(dense)
    if count == 0:
        return np.ones(bright.shape, dtype=np.bool_)
    largest = parts == 1 + int(np.argmax(np.bincount(parts.ravel())[1:]))
    return _between(largest, axis=1) | _between(largest, axis=0)


def _between(area: Mask, axis: int) -> Mask:
    """Pixels that have some of the area on both sides along the axis."""
    before = np.maximum.accumulate(area, axis=axis)
    after = np.flip(np.maximum.accumulate(np.flip(area, axis), axis=axis), axis)
    return np.asarray(before & after, dtype=np.bool_)
