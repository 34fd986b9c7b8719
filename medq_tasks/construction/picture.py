"""A picture as the bytes of a PNG."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from medq_tasks.degrading.encoding import encode_pixels


def encode_png(pixels: npt.NDArray[Any]) -> bytes:
    """The PNG of (H, W) or (H, W, 3) pixels, uint8 or uint16; the same bytes every time, no metadata."""
    return encode_pixels(np.ascontiguousarray(pixels))
