"""Signal in the air around the body, where there should be none: motion ghosts and aliasing leak into it."""

from __future__ import annotations

import numpy as np

from medq.models.iqa.picture import Mask, Picture

SMOOTH_PX = 2.0
BODY_SHARE = 0.35  # of Otsu's threshold
MARGIN_SHARE = 0.02  # of the shorter side
LEAST_AIR = 0.02


def surround_signal(picture: Picture) -> float:
    """Mean grey of the air over that of the body, in [0, 1]; 0 where less than 2 % of the image is air.

    The body is the largest region above 0.35 of Otsu's threshold, holes filled. Noise raises the value too, because
    the magnitude of noise is positive (Rician background).
    """
    body, air = body_and_air(picture)
    if air.mean() < LEAST_AIR:
        return 0.0
    inside = float(picture.grey[body].mean())
    return min(1.0, float(picture.grey[air].mean()) / inside) if inside > 0 else 0.0


def body_and_air(picture: Picture) -> tuple[Mask, Mask]:
    """Masks (H, W) of the body and of the air at some distance from it; both empty for a constant image."""
    from scipy.ndimage import binary_dilation, binary_fill_holes, gaussian_filter, label
    from skimage.filters import threshold_otsu

    smooth = gaussian_filter(picture.grey, SMOOTH_PX)
    none = np.zeros(smooth.shape, bool)
    if smooth.max() - smooth.min() < 1e-6:
        return none, none
    regions, count = label(smooth > BODY_SHARE * threshold_otsu(smooth))
    if count == 0:
        return none, none
    largest = 1 + int(np.argmax(np.bincount(regions.ravel())[1:]))
    body = np.asarray(binary_fill_holes(regions == largest), bool)
    margin = max(3, round(MARGIN_SHARE * min(body.shape)))
    return body, ~binary_dilation(body, iterations=margin)
