"""Between stored pixel values and the unit range that a degradation works in, without losing what a window hides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from medq_tasks.degradations.spec import Image

Values = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Scale:
    """The stored values that become 0 and 1, the limits of what can be stored, and who declared the two.

    `black` may be above `white` for an inverted image (MONOCHROME1).
    """

    black: float
    white: float
    lowest: float
    highest: float
    source: str

    def to_unit(self, stored: Values) -> Image:
        """The values as float32 in [0, 1], those outside clipped."""
        unit = (stored.astype(np.float64) - self.black) / (self.white - self.black)
        image: Image = np.clip(unit, 0, 1).astype(np.float32)
        return image

    def to_stored(self, stored: Values, clean: Image, degraded: Image) -> Values:
        """The stored values plus the change of the unit image, rounded in integers, within what can be stored.

        A value outside the window keeps its distance from it: where nothing changed, nothing is lost.
        """
        change = (degraded.astype(np.float64) - clean) * (self.white - self.black)
        values = np.clip(stored + change, self.lowest, self.highest)
        if np.issubdtype(stored.dtype, np.integer):
            values = np.rint(values)
        return values.astype(stored.dtype)


def used_bits(stored: Values) -> Scale:
    """The scale of an unsigned image without a window: 0 to the highest number of the bits in use, at least 8.

    A 12-bit image in a 16-bit file is full scale at 4095.
    """
    bits = max(int(stored.max()).bit_length(), 8)
    limit = float(np.iinfo(stored.dtype).max)
    return Scale(0.0, float(2**bits - 1), 0.0, limit, f"{bits} bits in use")


def extremes(stored: Values, lowest: float, highest: float) -> Scale:
    """The scale from the smallest to the largest value of an image."""
    low, high = float(stored.min()), float(stored.max())
    return Scale(low, high if high > low else low + 1, lowest, highest, "minmax")
