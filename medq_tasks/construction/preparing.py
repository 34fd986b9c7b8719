"""What is done to an image before it is degraded: channels, orientation, crop and resampling."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from medq_tasks.construction.marking import draw_markers
from medq_tasks.construction.original import Original
from medq_tasks.construction.source import Preparation
from medq_tasks.construction.spec import BuildSpec
from medq_tasks.construction.volume import open_plane
from medq_tasks.construction.windowing import Bounds, quantised, unit_values
from medq_tasks.degrading.opened import Opened
from medq_tasks.errors import ImageError

Values = npt.NDArray[Any]


def open_original(spec: BuildSpec, original: Original) -> tuple[Opened, Bounds | None]:
    """The prepared image that degradations are applied to, and the window that remains to be applied to it.

    Stored values keep their type; as a picture it is 8 bits, windowed before it is resampled, with its markers.
    """
    opened = open_plane(original.path, original.axis, original.frame)
    steps = original.source.prepare.model_copy(update={"shrink": original.shrink})
    if spec.degradations.applied_to == "stored":
        return prepared(opened, steps), original.bounds
    pixels = quantised(resampled(unit_values(opened, opened.stored, original.bounds), steps), "png8")
    if spec.picture.markers is not None:
        pixels = draw_markers(pixels, spec.picture.markers, count=original.markers, name=original.id)
    return Opened(original.path, "png", pixels), None


def prepared(opened: Opened, steps: Preparation) -> Opened:
    """The same image with its stored values prepared, in their type, and the size of a pixel to match."""
    _check(opened, steps)
    values = resampled(opened.stored, steps)
    if np.issubdtype(opened.stored.dtype, np.integer):
        info = np.iinfo(opened.stored.dtype)
        values = np.clip(np.rint(values), info.min, info.max)
    size = None if opened.pixel_mm is None else opened.pixel_mm * steps.shrink / steps.fourier_zoom
    return replace(opened, stored=np.asarray(values, opened.stored.dtype), pixel_mm=size)


def resampled(values: Values, steps: Preparation) -> Values:
    """The values, (H, W) or (H, W, 3), after all steps; float64 where a step computes."""
    if steps.grey and values.ndim == 3:
        values = values.mean(axis=2)
    if steps.flip:
        values = values[::-1]
    if steps.crop is not None:
        top, left, height, width = steps.crop
        values = values[top : top + height, left : left + width]
    return _fourier_zoomed(_shrunk(values, steps.shrink), steps.fourier_zoom)


def _check(opened: Opened, steps: Preparation) -> None:
    shape = opened.stored.shape
    top, left, height, width = steps.crop or (0, 0, *shape[:2])
    if min(top, left) < 0 or min(height, width) < 1 or top + height > shape[0] or left + width > shape[1]:
        raise ImageError(f"{opened.path}: expected a crop within {shape[0]} × {shape[1]} px, got {steps.crop}")
    if steps.fourier_zoom > 1 and len(shape) == 3 and not steps.grey:
        raise ImageError(f"{opened.path}: expected a grey image for fourier_zoom, got colour; set `grey: true`")


def _shrunk(values: Values, factor: float) -> Values:
    """Local means, an incomplete last row or column cut off; an antialiased resize for a factor that is not whole."""
    if factor == 1:
        return values
    height, width = (round(side / factor) for side in values.shape[:2])
    if factor != int(factor):
        from skimage.transform import resize

        shape = (height, width, *values.shape[2:])
        return np.asarray(resize(values.astype(np.float64), shape, anti_aliasing=True))
    step = int(factor)
    height, width = (side // step for side in values.shape[:2])
    blocks = values[: height * step, : width * step].reshape(height, step, width, step, *values.shape[2:])
    return np.asarray(blocks.mean(axis=(1, 3), dtype=np.float64))


def _fourier_zoomed(values: Values, factor: int) -> Values:
    if factor == 1:
        return values
    height, width = values.shape
    spectrum = np.fft.fftshift(np.fft.fft2(values))
    pad_y, pad_x = height * (factor - 1) // 2, width * (factor - 1) // 2
    spectrum = np.pad(spectrum, ((pad_y, pad_y), (pad_x, pad_x)))
    return np.real(np.fft.ifft2(np.fft.ifftshift(spectrum))) * factor**2
