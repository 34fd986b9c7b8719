"""The pixels that statistics are computed from: grey and colour in [0, 1], and where the image has content."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.float32]  # (H, W) in [0, 1]
Mask = npt.NDArray[np.bool_]  # (H, W)

SMALLEST_SIDE_PX = 32
BACKGROUND = 0.04  # grey value up to which an outer region counts as empty
MARGIN_SHARE = 0.015  # of the shorter side: how far content stays away from the background's edge


@dataclass(frozen=True)
class Picture:
    """An image in [0, 1], float32: `rgb` (H, W, 3), three equal channels where it is grey."""

    rgb: npt.NDArray[np.float32]

    @cached_property
    def grey(self) -> Grey:
        """Luma of ITU-R BT.601, (H, W)."""
        return np.asarray(self.rgb @ np.array([0.299, 0.587, 0.114], np.float32))

    @cached_property
    def content(self) -> Mask:
        """True where there is content: inside the dark surround that touches the border (air, a mask, padding).

        All True where no dark surround covers at least 2 % of the image, or where nothing else would be left.
        """
        from scipy.ndimage import binary_erosion, gaussian_filter, label

        dark = gaussian_filter(self.grey, 1.5) <= BACKGROUND
        regions, _ = label(dark)
        border = np.unique(np.concatenate([regions[0], regions[-1], regions[:, 0], regions[:, -1]]))
        outside = np.isin(regions, border[border > 0])
        margin = max(1, round(MARGIN_SHARE * min(outside.shape)))
        inside = binary_erosion(~outside, iterations=margin, border_value=1)
        return inside if outside.mean() >= 0.02 and inside.mean() >= 0.05 else np.ones_like(outside)


def open_picture(pixels: npt.NDArray[np.generic]) -> Picture:
    """The picture of decoded pixels: (H, W), (H, W, 1), (H, W, 3) or (H, W, 4), of an integer type or in [0, 1].

    Alpha is dropped; a constant border is kept. Raises ValueError for another shape or a side under 32 px.
    """
    values = np.asarray(pixels)
    scale = float(np.iinfo(values.dtype).max) if np.issubdtype(values.dtype, np.integer) else 1.0
    if values.dtype == np.bool_:
        values = values.astype(np.uint8)
    unit = np.clip(values.astype(np.float32) / scale, 0, 1)
    if unit.ndim == 2:
        unit = unit[..., None]
    if unit.ndim != 3 or unit.shape[2] not in (1, 2, 3, 4) or min(unit.shape[:2]) < SMALLEST_SIDE_PX:
        raise ValueError(
            f"expected (H, W) or (H, W, 1 to 4) with sides of at least {SMALLEST_SIDE_PX} px, got {values.shape}"
        )
    colour = unit[..., :3] if unit.shape[2] >= 3 else unit[..., :1]
    return Picture(np.ascontiguousarray(np.broadcast_to(colour, (*unit.shape[:2], 3))))
