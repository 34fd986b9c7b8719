"""Pixel positions in units of the image's shorter side, so that a size means the same at any resolution."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Field = npt.NDArray[np.float32]  # one value a pixel, or a broadcastable row or column of them
Shape = tuple[int, ...]


def shorter_side(shape: Shape) -> int:
    """The shorter side in px."""
    return int(min(shape[0], shape[1]))


def pixel(shape: Shape) -> float:
    """The width of a pixel in shorter sides.

    >>> pixel((400, 500, 3))
    0.0025
    """
    return 1.0 / shorter_side(shape)


def axes(shape: Shape) -> tuple[Field, Field]:
    """Positions of the pixel centres as a column (H, 1) and a row (1, W), float32, in shorter sides, 0 at the centre.

    >>> [axis.ravel().tolist() for axis in axes((2, 4))]
    [[-0.25, 0.25], [-0.75, -0.25, 0.25, 0.75]]
    """
    height, width = shape[0], shape[1]
    y = (np.arange(height) + 0.5 - height / 2) / shorter_side(shape)
    x = (np.arange(width) + 0.5 - width / 2) / shorter_side(shape)
    return y[:, None].astype(np.float32), x[None, :].astype(np.float32)


def half_extent(shape: Shape) -> tuple[float, float]:
    """Half of the height and of the width, in shorter sides: at least 0.5 each."""
    side = shorter_side(shape)
    return shape[0] / (2 * side), shape[1] / (2 * side)


def scatter(rng: np.random.Generator, shape: Shape, count: int) -> npt.NDArray[np.float64]:
    """`count` uniform positions over the image as rows (y, x), in shorter sides from the centre."""
    at: npt.NDArray[np.float64] = rng.uniform(-1.0, 1.0, size=(count, 2)) * np.array(half_extent(shape))
    return at
