"""The image that a class gets: decoded from the exact bytes that are sent, in 8 bits, nothing converted with loss."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from medq_tasks.errors import ImageError
from medq_tasks.images import SentImage, open_pixels, probe


@dataclass(frozen=True, slots=True)
class Picture:
    """A Pillow image in mode L or RGB, and the SHA-256 of its pixels."""

    image: Any
    sha256: str


def open_picture(sent: SentImage) -> Picture:
    """The sent image. An alpha channel that is opaque throughout goes, a palette is expanded.

    Raises `ImageError` for pixels above 8 bits, which processors cut off at 255, for transparent ones, whose colour
    depends on who draws them, and for CMYK, whose colours depend on a profile.
    """
    from PIL import Image

    name = sent.sent_sha256[:12]
    pixels = open_pixels(sent.data, name)
    if pixels.dtype != np.uint8:
        raise ImageError(
            f"image {name}: expected 8 bits, got {pixels.dtype}, which the model's processor would cut off at 255; "
            "declare how to map it with data.window"
        )
    if pixels.ndim == 3 and pixels.shape[2] in (2, 4):
        if not probe(sent.data, name).has_alpha:
            raise ImageError(f"image {name}: expected grey or RGB, got four inks (CMYK); convert the file to RGB")
        pixels = _opaque(pixels, name)
    return Picture(Image.fromarray(np.ascontiguousarray(pixels)), pixels_sha256(pixels))


def pixels_sha256(pixels: npt.NDArray[np.uint8]) -> str:
    """The SHA-256 (hex) of the shape and the values."""
    digest = hashlib.sha256(str(pixels.shape).encode())
    digest.update(np.ascontiguousarray(pixels).data)
    return digest.hexdigest()


def _opaque(pixels: npt.NDArray[Any], name: str) -> npt.NDArray[Any]:
    if (pixels[..., -1] != 255).any():
        raise ImageError(f"image {name}: expected an opaque image, got transparent pixels; draw it on a background")
    return pixels[..., 0] if pixels.shape[2] == 2 else pixels[..., :3]
