"""Blockiness: steps at the edges of the 8 × 8 blocks of JPEG."""

from __future__ import annotations

import numpy as np

from medq.models.iqa.picture import Picture

BLOCK_PX = 8


def blockiness(picture: Picture) -> float:
    """Contrast of the mean step e across block edges and the mean step i elsewhere, (e - i) / (e + i), over both axes.

    In [-1, 1]: about 0 without blocks, 1 where all steps are at block edges. The grid is taken to start at the image's
    corner, as it does in an image that was compressed as it is. After Wang, Sheikh and Bovik, ICIP 2002.
    """
    contrasts = []
    for axis in (0, 1):
        profile = np.abs(np.diff(picture.grey.astype(np.float64), axis=axis)).mean(axis=1 - axis)
        at_edge = np.arange(1, profile.size + 1) % BLOCK_PX == 0
        edge, inner = float(profile[at_edge].mean()), float(profile[~at_edge].mean())
        contrasts.append((edge - inner) / (edge + inner) if edge + inner > 0 else 0.0)
    return float(np.mean(contrasts))
