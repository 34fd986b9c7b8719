"""What an image file says about itself before anything is decoded."""

from __future__ import annotations

from dataclasses import dataclass

from medq_tasks.errors import ImageError

# Pillow's own limit for an error: half a GiB as RGB. A whole-slide image must be cut into regions first.
MAX_PIXELS = 178_956_970


@dataclass(frozen=True, slots=True)
class ImageInfo:
    """Format and size of an image.

    `format`: "png", "jpeg", "webp", "gif", "bmp", "tiff", "dicom" or "nifti". `width` and `height` in px.
    `bit_depth`: bits that a stored sample uses. `channels`: 1 grey, 3 colour (a palette counts as colour), one more
    with alpha. `frames`: images in the file, or slices of a volume; 1 for formats whose header does not say.
    """

    format: str
    width: int
    height: int
    bit_depth: int
    channels: int
    has_alpha: bool
    frames: int = 1


def limited(info: ImageInfo, name: str) -> ImageInfo:
    """The same info. Raises `ImageError` for an image without pixels or with more than `MAX_PIXELS`."""
    if info.width < 1 or info.height < 1:
        raise ImageError(f"{name}: expected an image with pixels, got {info.width} × {info.height}; replace the file")
    pixels = info.width * info.height
    if pixels > MAX_PIXELS:
        size = f"{info.width} × {info.height} = {pixels / 1e6:.0f} million pixels"
        raise ImageError(f"{name}: expected at most {MAX_PIXELS // 1_000_000} million pixels, got {size}; cut it")
    return info


def damaged(name: str, kind: str, reason: str) -> ImageError:
    """The error for a file that is truncated or corrupt."""
    return ImageError(f"{name}: expected a whole {kind} file, got one that {reason}; replace it by an intact copy")
