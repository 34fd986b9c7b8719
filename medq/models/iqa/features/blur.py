"""Blur: how little an image changes when it is blurred once more."""

from __future__ import annotations

import numpy as np

from medq.models.iqa.picture import Picture

KERNEL_PX = 9


def blur(picture: Picture) -> float:
    """Share of the neighbour differences that survive a moving average over 9 px, the larger of both directions.

    In [0, 1]; larger is blurrier. Noise lowers it. 1 for a constant image. Source: Crete et al., SPIE 6492 (2007), over
    the content; scikit-image's `blur_effect` takes Sobel's derivatives where these are plain differences.
    """
    from scipy.ndimage import uniform_filter1d

    grey, inside = picture.grey.astype(np.float64), picture.content
    shares = []
    for axis in (0, 1):
        sharp = np.abs(np.diff(grey, axis=axis))
        soft = np.abs(np.diff(uniform_filter1d(grey, KERNEL_PX, axis=axis), axis=axis))
        where = inside[1:] if axis == 0 else inside[:, 1:]
        total = float(sharp[where].sum())
        lost = float(np.maximum(0, sharp - soft)[where].sum())
        shares.append(1 - lost / total if total > 0 else 1.0)
    return max(shares)
