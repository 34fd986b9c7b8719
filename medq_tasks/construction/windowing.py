"""From stored values to the pixels of a picture, by a window that the spec or the file declares."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from medq_tasks.construction.source import Source
from medq_tasks.construction.spec import PictureFormat
from medq_tasks.degrading.opened import Opened
from medq_tasks.errors import ImageError
from medq_tasks.images import Window

Values = npt.NDArray[Any]
Bounds = tuple[float, float, str]


def declared(opened: Opened, source: Source) -> Bounds | None:
    """The rescaled values of black and white, and who declared them; None for 8 bits that are shown as they are.

    The source's window comes first, then the file's own. Raises `ImageError` for a deep image that nobody declares one
    for: a guessed window would decide what can be seen.
    """
    asked = None if source.window is None else Window.parse(source.window)
    values = opened.stored * opened.slope + opened.intercept if opened.stored.ndim == 2 else opened.stored
    if source.white_percentile is not None:
        return 0.0, float(np.percentile(values, source.white_percentile)), "percentile"
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
    if bounds is None:
        pixels = stored.astype(np.uint16) * 257 if format_ == "png16" else stored
        pixels = (65535 if format_ == "png16" else 255) - pixels if opened.inverted else pixels
    else:
        pixels = quantised(unit_values(opened, stored, bounds), format_)
    if format_ == "rgb8" and pixels.ndim == 2:
        pixels = np.repeat(pixels[..., None], 3, axis=2)
    return np.ascontiguousarray(pixels)


def unit_values(opened: Opened, stored: Values, bounds: Bounds | None) -> Values:
    """Float64 in [0, 1], black to white as they are shown; without bounds 8 bits over 255.

    A window is applied by DICOM's LINEAR_EXACT function (PS3.3, C.11.2.1.3.2).
    """
    if bounds is None:
        unit = stored / 255
    else:
        low, high, _ = bounds
        values = stored * opened.slope + opened.intercept if stored.ndim == 2 else stored
        centre, width = (low + high) / 2, high - low
        unit = np.clip((np.nan_to_num(values.astype(np.float64)) - centre) / width + 0.5, 0, 1)
    return 1 - unit if opened.inverted else unit


def quantised(unit: Values, format_: PictureFormat) -> Values:
    """Values in [0, 1], clipped to it, as 16 bits for `png16` and 8 bits otherwise."""
    top, type_ = (65535, np.uint16) if format_ == "png16" else (255, np.uint8)
    return np.asarray(np.rint(np.clip(unit, 0, 1) * top), type_)
