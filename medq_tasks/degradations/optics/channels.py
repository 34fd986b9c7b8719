"""Grey and RGB images through the same code."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from medq_tasks.degradations.optics.coordinates import Field
from medq_tasks.degradations.spec import Image

Colour = tuple[float, float, float]  # RGB in [0, 1]
LUMA = (0.2126, 0.7152, 0.0722)  # ITU-R BT.709


def luminance(image: Image) -> Field:
    """The grey version (H, W), float32: BT.709 luma of RGB, a grey image itself."""
    if image.ndim == 2:
        return image
    return (image @ np.array(LUMA, dtype=np.float32)).astype(np.float32)


def spread(field: Field, image: Image) -> Field:
    """A field (H, W) shaped so that it broadcasts against the image."""
    return field[..., None] if image.ndim == 3 else field


def tint(colour: Colour, image: Image) -> npt.NDArray[np.float32]:
    """The colour as (3,) for an RGB image, as its luma, shape (), for a grey one."""
    values = np.array(colour, dtype=np.float32)
    return values if image.ndim == 3 else np.float32(values @ np.array(LUMA, dtype=np.float32))  # type: ignore[return-value]


def each_channel(image: Image, transform: Callable[[Field], Field]) -> Image:
    """The image with `transform`, from (H, W) to (H, W), applied to every channel; float32."""
    if image.ndim == 2:
        return transform(image).astype(np.float32)
    return np.stack([transform(image[..., c]) for c in range(image.shape[2])], axis=-1).astype(np.float32)
