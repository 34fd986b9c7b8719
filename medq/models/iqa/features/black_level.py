"""Black level: how far even the darkest places are lifted from black, by low contrast, haze or scatter."""

from __future__ import annotations

import numpy as np

from medq.models.iqa.picture import Picture

PATCH_SHARE = 0.03  # of the shorter side


def black_level(picture: Picture) -> float:
    """5th percentile, over the content, of the darkest channel within a patch of 3 % of the shorter side.

    In [0, 1]. Source: the dark channel of He, Sun and Tang, TPAMI 33 (2011) 2341; a clear image has a low one. The
    surround of the content takes no part, since a veil lies over the scene alone.
    """
    from scipy.ndimage import minimum_filter

    size = max(3, round(PATCH_SHARE * min(picture.grey.shape)))
    darkest = np.where(picture.content, picture.rgb.min(axis=-1), np.float32(1))
    return float(np.percentile(minimum_filter(darkest, size)[picture.content], 5))
