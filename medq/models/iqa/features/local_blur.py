"""Local blur: a region that lost its detail while the rest kept it, as under an air bubble."""

from __future__ import annotations

import numpy as np

from medq.models.iqa.picture import Picture

BLOCK_SHARE = 1 / 16


def local_blur(picture: Picture) -> float:
    """log10 of the median to the 5th percentile of fine gradient energy over blocks of 1/16 of the side.

    At least 0; larger means that some blocks of the content hold far less detail than usual.
    """
    from scipy.ndimage import gaussian_gradient_magnitude, uniform_filter

    size = max(5, round(BLOCK_SHARE * min(picture.grey.shape)))
    energy = uniform_filter(gaussian_gradient_magnitude(picture.grey, 1.0).astype(np.float64), size)[picture.content]
    low, middle = np.percentile(energy, (5, 50))
    return float(np.log10(middle / low)) if low > 1e-7 else 0.0
