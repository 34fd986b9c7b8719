"""What of an image file is sent to a model: its own bytes wherever the provider takes them."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from medq_tasks.errors import ImageError
from medq_tasks.images.dicom_window import show_dicom
from medq_tasks.images.info import ImageInfo
from medq_tasks.images.pixels import decode, one_frame, open_pillow
from medq_tasks.images.probing import check_structure, probe
from medq_tasks.images.sent import SentImage
from medq_tasks.images.window import Window, declared_bounds, to_eight_bits

ACCEPTED = ("png", "jpeg", "webp", "gif")
PNG_LEVEL = 4  # between Pillow's 6, twice as slow, and 1, a tenth larger
_PNG_MODES = frozenset({"1", "L", "LA", "P", "RGB", "RGBA"})


def to_sent(
    data: bytes,
    *,
    name: str,
    window: Window | None = None,
    accepts: Sequence[str] = ACCEPTED,
    frame: int | None = None,
) -> SentImage:
    """The image as it is sent, with the record of what was done to it.

    A file in a format that the provider `accepts`, of at most 8 bits, is passed on byte for byte. Other 8-bit files
    become a PNG with identical pixels. DICOM takes the window that its file declares, everything else deeper than
    8 bits needs `window`. Raises `ImageError` for damaged files, and where no window is declared.
    """
    info = probe(data, name)
    if info.format in accepts and info.bit_depth <= 8:
        check_structure(data, info, name)
        return _record(data, data, info, sent_format=info.format, lossless=True)
    if "png" not in accepts:
        raise ImageError(f"{name}: expected {' or '.join(accepts)} of 8 bits, got {info.format}; accept png as well")
    place = one_frame(info, name, frame)
    if info.format == "dicom":
        shown = show_dicom(data, name, frame=place, window=window)
        return _record(data, _png(shown.pixels), info, lossless=shown.lossless, window=shown.window)
    if info.bit_depth <= 8 and info.format != "nifti":
        return _record(data, _same_pixels(data, info, name, place), info, lossless=True)
    pixels = decode(data, info, name, place)
    if pixels.dtype == np.uint8:
        return _record(data, _png(pixels), info, lossless=True)
    low, high, source = declared_bounds(pixels[..., :-1] if info.has_alpha else pixels, window, name)
    colours = _alpha_apart(pixels, info, low, high)
    return _record(data, _png(colours), info, lossless=False, window={"low": low, "high": high, "source": source})


def _record(
    data: bytes,
    sent: bytes,
    info: ImageInfo,
    *,
    lossless: bool,
    sent_format: str = "png",
    window: dict[str, Any] | None = None,
) -> SentImage:
    digest = hashlib.sha256(data).hexdigest()
    return SentImage(
        data=sent,
        media_type=f"image/{sent_format}",
        sha256=digest,
        format=info.format,
        width=info.width,
        height=info.height,
        bit_depth=info.bit_depth,
        sent_sha256=digest if sent is data else hashlib.sha256(sent).hexdigest(),
        sent_format=sent_format,
        bit_identical=sent is data,
        lossless=lossless,
        window=window,
    )


def _same_pixels(data: bytes, info: ImageInfo, name: str, frame: int) -> bytes:
    """A PNG with the very pixels, palette and colour profile of an 8-bit file."""
    check_structure(data, info, name)
    image = open_pillow(data, info, name, frame)
    if getattr(image, "n_frames", 1) > 1 and info.format in {"gif", "webp"}:
        raise ImageError(f"{name}: expected one image, got {image.n_frames} frames; cut out the one that is meant")
    if image.mode not in _PNG_MODES:
        raise ImageError(f"{name}: expected grey or RGB pixels, got {image.mode}, which PNG cannot hold; convert it")
    out = io.BytesIO()
    kept = {key: image.info[key] for key in ("icc_profile", "exif", "transparency") if image.info.get(key)}
    image.save(out, "PNG", compress_level=PNG_LEVEL, **kept)
    return out.getvalue()


def _png(pixels: npt.NDArray[np.uint8]) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(out, "PNG", compress_level=PNG_LEVEL)
    return out.getvalue()


def _alpha_apart(pixels: npt.NDArray[Any], info: ImageInfo, low: float, high: float) -> npt.NDArray[np.uint8]:
    """The window on the colours; alpha keeps its own full range."""
    if not info.has_alpha:
        return to_eight_bits(pixels, low, high)
    top = float(np.iinfo(pixels.dtype).max) if np.issubdtype(pixels.dtype, np.integer) else 1.0
    colours, alpha = to_eight_bits(pixels[..., :-1], low, high), to_eight_bits(pixels[..., -1:], 0, top)
    return np.concatenate([colours, alpha], -1)
