"""Contrast: the range of grey values that an image uses."""

from __future__ import annotations

import numpy as np

from medq.models.iqa.picture import Picture


def contrast(picture: Picture) -> float:
    """Difference of the 99th and the 1st percentile of grey over the whole image.

    In [0, 1]; smaller is flatter. Unlike the standard deviation it does not depend on how much of each tissue there is.
    """
    low, high = np.percentile(picture.grey, (1, 99))
    return float(high - low)
