"""Blockiness: steps at the edges of the 8 × 8 blocks of JPEG."""

from __future__ import annotations

import numpy as np

from medq.models.iqa.picture import Picture

BLOCK_PX = 8


def blockiness(picture: Picture) -> float:
    """Mean step across block edges over the mean step elsewhere, minus 1, the mean of both directions.

    About 0 without blocks, rising with compression; can be slightly negative. The grid is taken to start at the
    image's corner, as it does in an image that was compressed as it is. Source: Wang, Sheikh and Bovik, ICIP 2002.
    """
    ratios = []
    for axis in (0, 1):
        profile = np.abs(np.diff(picture.grey.astype(np.float64), axis=axis)).mean(axis=1 - axis)
        at_edge = np.arange(1, profile.size + 1) % BLOCK_PX == 0
        inner = float(profile[~at_edge].mean())
        ratios.append(float(profile[at_edge].mean()) / inner - 1 if inner > 0 else 0.0)
    return float(np.mean(ratios))
