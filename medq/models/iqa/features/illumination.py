"""Illumination: how unevenly light or signal is spread over the field."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from medq.models.iqa.picture import Picture

FLOOR = 0.02
EMPTY_SHARE = 0.4
GRID = 24

Values = npt.NDArray[np.float64]


def illumination(picture: Picture) -> float:
    """Standard deviation of log2 of the content's grey values over blocks of 1/24 of the field, in stops.

    At least 0; 0 for an even field. Blocks below 0.4 of the median one count as empty (lumen, air, fluid).
    """
    _, _, values = block_means(picture)
    if values.size < 12:
        return 0.0
    filled = values[values > EMPTY_SHARE * np.median(values)]
    return float(np.std(np.log2(np.maximum(filled, FLOOR)))) if filled.size else 0.0


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
