"""What phantoms are drawn with: ellipses with soft edges, and smooth texture, on a square of 320 px."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Field = npt.NDArray[np.float64]
SIDE_PX = 320


def plane() -> tuple[Field, Field]:
    """Rows and columns from -1 to 1, both (320, 320)."""
    axis = (np.arange(SIDE_PX) + 0.5) / SIDE_PX * 2 - 1
    y, x = np.meshgrid(axis, axis, indexing="ij")
    return y, x


def ellipse(y0: float, x0: float, ry: float, rx: float, *, angle_deg: float = 0.0, edge: float = 0.012) -> Field:
    """The share of each pixel inside an ellipse, 0 to 1; `edge` is the width of the transition."""
    y, x = plane()
    turn = np.deg2rad(angle_deg)
    along = (x - x0) * np.cos(turn) + (y - y0) * np.sin(turn)
    across = (y - y0) * np.cos(turn) - (x - x0) * np.sin(turn)
    distance = (np.hypot(along / rx, across / ry) - 1) * min(rx, ry)
    return np.asarray(np.clip(0.5 - distance / edge, 0, 1))


def texture(seed: int, grain_px: float) -> Field:
    """A smooth random field (320, 320) of mean 0 and standard deviation 1."""
    from scipy.ndimage import gaussian_filter

    rng = np.random.Generator(np.random.Philox(key=seed))
    field = gaussian_filter(rng.standard_normal((SIDE_PX, SIDE_PX)), grain_px, mode="wrap")
    return np.asarray((field - field.mean()) / field.std())


def over(below: Field, value: Field | float, cover: Field) -> Field:
    """A value laid over what is below where `cover` is 1."""
    return below + cover * (value - below)
