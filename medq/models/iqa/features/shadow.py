"""Shadow: a dark band that runs through the field from near to far."""

from __future__ import annotations

import numpy as np

from medq.models.iqa.picture import Picture

WIDTH_SHARE = 0.06


def shadow(picture: Picture) -> float:
    """Depth of the darkest column band, 1 minus its mean over the median column's, in [0, 1]; larger is darker.

    Columns are averaged over the content and over 6 % of the width; those with little content are left out.
    """
    from scipy.ndimage import uniform_filter1d

    inside = picture.content
    weight = inside.sum(axis=0).astype(np.float64)
    sums = (picture.grey * inside).sum(axis=0, dtype=np.float64)
    size = max(3, round(WIDTH_SHARE * weight.size))
    weight, sums = uniform_filter1d(weight, size), uniform_filter1d(sums, size)
    usable = weight >= 0.3 * weight.max()
    means = sums[usable] / weight[usable]
    return float(np.clip(1 - means.min() / max(float(np.median(means)), 1e-6), 0, 1)) if means.size else 0.0
