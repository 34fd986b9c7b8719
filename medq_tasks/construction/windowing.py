"""From stored values to the pixels of a picture, by a window that the spec or the file declares."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from medq_tasks.construction.spec import PictureFormat
from medq_tasks.degrading.opened import Opened
from medq_tasks.errors import ImageError
from medq_tasks.images import Window

Values = npt.NDArray[Any]
Bounds = tuple[float, float, str]


def declared(opened: Opened, window: str | None) -> Bounds | None:
    """The rescaled values of black and white, and who declared them; None for 8 bits that are shown as they are.

    The spec's window comes first, then the file's own. Raises `ImageError` for a deep image that nobody declares one
    for: a guessed window would decide what can be seen.
    """
    asked = None if window is None else Window.parse(window)
    values = opened.stored * opened.slope + opened.intercept if opened.stored.ndim == 2 else opened.stored
    if opened.stored.dtype == np.uint8 and asked is None:
        return None
    if asked is not None and asked.kind == "range":
        return float(asked.low or 0), float(asked.high or 0), "spec"
    if asked is not None and asked.kind == "minmax":
        low, high = float(np.nanmin(values)), float(np.nanmax(values))
        return low, high if high > low else low + 1, "minmax"
    if asked is not None and asked.kind == "full" and np.isfinite(opened.limits).all():
        ends = sorted(limit * opened.slope + opened.intercept for limit in opened.limits)
        return ends[0], ends[1], "full"
    if opened.window is not None:
        return (*opened.window, "file")
    got = "none" if asked is None else f"`{asked.kind}`, which the file does not have"
    raise ImageError(
        f"{opened.path}: expected a window for {opened.stored.dtype} values, got {got}; "
        "set `window` of the source to `minmax`, `full` or `LOW,HIGH`"
    )


def show(opened: Opened, stored: Values, bounds: Bounds | None, format_: PictureFormat) -> Values:
    """The picture: (H, W, 3) uint8 for `rgb8`, (H, W) or (H, W, 3) uint8 for `png8`, uint16 for `png16`.

    `stored` are values of the kind that `opened` holds, MONOCHROME1 is shown inverted.
    """
    top = 65535 if format_ == "png16" else 255
    if bounds is None:
        pixels = stored.astype(np.uint16) * 257 if format_ == "png16" else stored
        pixels = top - pixels if opened.inverted else pixels
    else:
        low, high, _ = bounds
        values = stored * opened.slope + opened.intercept if stored.ndim == 2 else stored
        unit = np.clip((np.nan_to_num(values.astype(np.float64)) - low) / (high - low), 0, 1)
        unit = 1 - unit if opened.inverted else unit
        pixels = np.rint(unit * top).astype(np.uint16 if format_ == "png16" else np.uint8)
    if format_ == "rgb8" and pixels.ndim == 2:
        pixels = np.repeat(pixels[..., None], 3, axis=2)
    return np.ascontiguousarray(pixels)


def shrunk(stored: Values, factor: int) -> Values:
    """Local means over factor × factor values in the same type; an incomplete last row or column is cut off."""
    if factor == 1:
        return stored
    height, width = (side // factor * factor for side in stored.shape[:2])
    blocks = stored[:height, :width].reshape(height // factor, factor, width // factor, factor, *stored.shape[2:])
    means: Values = blocks.mean(axis=(1, 3), dtype=np.float64)
    whole = np.rint(means) if np.issubdtype(stored.dtype, np.integer) else means
    return np.asarray(whole, stored.dtype)
