"""Illumination: how unevenly light or signal is spread over the field."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from medq.models.iqa.picture import Picture

FLOOR = 0.02
GRID = 24

Values = npt.NDArray[np.float64]


def illumination(picture: Picture) -> float:
    """Slope of a plane fitted to log2 of the content's grey values, in stops across the field.

    At least 0; 0 for an even field. Both sides count as one unit long. The plane is fitted to the means of blocks of
    1/24 of the field.
    """
    y, x, values = block_means(picture)
    if values.size < 12:
        return 0.0
    design = np.stack([np.ones_like(x), x, y], axis=1)
    _, across, down = np.linalg.lstsq(design, np.log2(np.maximum(values, FLOOR)), rcond=None)[0]
    return float(np.hypot(across, down))


def block_means(picture: Picture) -> tuple[Values, Values, Values]:
    """Centre (y, x in [0, 1]) and mean grey of the content, of each block of a 24 × 24 grid that is half content."""
    inside = picture.content.astype(np.float64)
    count, total, size = (_block_sums(values) for values in (inside, inside * picture.grey, np.ones_like(inside)))
    used = count >= 0.5 * size
    centre = (np.arange(GRID) + 0.5) / GRID
    y, x = np.meshgrid(centre, centre, indexing="ij")
    return y[used], x[used], total[used] / count[used]


def _block_sums(values: Values) -> Values:
    rows, columns = (np.linspace(0, side, GRID, endpoint=False).astype(int) for side in values.shape)
    return np.asarray(np.add.reduceat(np.add.reduceat(values, rows, axis=0), columns, axis=1))
