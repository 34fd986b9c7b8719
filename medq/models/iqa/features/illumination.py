"""Illumination: how unevenly light or signal is spread over the field."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from medq.models.iqa.picture import Picture

FLOOR = 0.02
GRID = 24

Values = npt.NDArray[np.float64]


def illumination(picture: Picture) -> float:
    """Root mean square slope of a plane fitted to log2 of the content's grey values, in stops across the field.

    At least 0; 0 for an even field. Both sides count as one unit long. The plane is fitted to block medians, so
    that structures smaller than 1/24 of the field do not pull it.
    """
    y, x, values = block_medians(picture)
    if values.size < 12:
        return 0.0
    design = np.stack([np.ones_like(x), x, y], axis=1)
    _, across, down = np.linalg.lstsq(design, np.log2(np.maximum(values, FLOOR)), rcond=None)[0]
    return float(np.hypot(across, down))


def block_medians(picture: Picture) -> tuple[Values, Values, Values]:
    """Centre (y, x in [0, 1]) and median grey of each block of a 24 × 24 grid that is at least half content."""
    grey, inside = picture.grey, picture.content
    height, width = grey.shape
    rows = np.linspace(0, height, GRID + 1).astype(int)
    columns = np.linspace(0, width, GRID + 1).astype(int)
    found = []
    for i in range(GRID):
        for j in range(GRID):
            block = np.s_[rows[i] : rows[i + 1], columns[j] : columns[j + 1]]
            if inside[block].size and inside[block].mean() >= 0.5:
                found.append(((i + 0.5) / GRID, (j + 0.5) / GRID, float(np.median(grey[block][inside[block]]))))
    table = np.array(found, dtype=np.float64).reshape(-1, 3)
    return table[:, 0], table[:, 1], table[:, 2]
