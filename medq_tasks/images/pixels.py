"""An image file to its stored pixel values, at their own depth."""

from __future__ import annotations

import io
import struct
from typing import Any

import numpy as np
import numpy.typing as npt

from medq_tasks.errors import ImageError
from medq_tasks.images.dicom import decode_dicom, read_dicom
from medq_tasks.images.info import ImageInfo, damaged
from medq_tasks.images.nifti import decode_nifti
from medq_tasks.images.png16 import decode_png16
from medq_tasks.images.probing import check_structure, probe
from medq_tasks.images.tiff import decode_deep_tiff


def open_pixels(data: bytes, name: str, *, frame: int | None = None) -> npt.NDArray[Any]:
    """Stored values, (H, W) or (H, W, C), in the file's own type: uint8, uint16, int16, int32 or float32.

    A palette and 1-bit pixels are expanded to colour and to 0 and 255. DICOM values are neither rescaled nor
    windowed. `frame` counts from 0 and must be given for files with several. Raises `ImageError` for what cannot be
    decoded in full.
    """
    info = probe(data, name)
    return decode(data, info, name, one_frame(info, name, frame))


def one_frame(info: ImageInfo, name: str, frame: int | None) -> int:
    """The frame that is meant. Raises `ImageError` where several are there and none is named, or too few are."""
    if frame is None and info.frames == 1:
        return 0
    if frame is None or not 0 <= frame < info.frames:
        got = f"{info.frames} frames" + ("" if frame is None else f" and the frame {frame}")
        raise ImageError(f"{name}: expected one image, got {got}; name a frame from 0 to {info.frames - 1} or cut it")
    return frame


def decode(data: bytes, info: ImageInfo, name: str, frame: int) -> npt.NDArray[Any]:
    """The stored values of one frame of a file that has been probed."""
    check_structure(data, info, name)
    if info.format == "dicom":
        return decode_dicom(read_dicom(data, name), name, frame)
    if info.format == "nifti":
        return decode_nifti(data, name, frame)
    if info.format == "png" and info.bit_depth == 16 and info.channels > 1:
        return decode_png16(data, name)
    if info.format == "tiff" and info.bit_depth > 8 and info.channels > 1:
        return decode_deep_tiff(data, name, frame)
    image = open_pillow(data, info, name, frame)
    if image.mode == "P":
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    elif image.mode in {"1", "PA"}:
        image = image.convert("L" if image.mode == "1" else "RGBA")
    return _native(np.asarray(image), info)


def open_pillow(data: bytes, info: ImageInfo, name: str, frame: int) -> Any:
    """The Pillow image, its pixels loaded in the mode that the file has."""
    from PIL import Image, ImageFile

    # Libraries switch this on for the whole process (lmms-eval does), and a cut file would then load with grey rows.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        image = Image.open(io.BytesIO(data), formats=[info.format.upper()])
        if frame:
            image.seek(frame)
        image.load()
    except (OSError, SyntaxError, ValueError, EOFError, struct.error, Image.DecompressionBombError) as error:
        raise damaged(name, info.format.upper(), f"cannot be decoded ({error})") from error
    return image


def _native(pixels: npt.NDArray[Any], info: ImageInfo) -> npt.NDArray[Any]:
    """Pillow widens 16-bit signed pages to 32 bits and keeps the file's byte order."""
    native = pixels.astype(pixels.dtype.newbyteorder("="))
    if info.bit_depth == 16 and native.dtype == np.int32:
        return native.astype(np.uint16 if native.min() >= 0 and native.max() > 32767 else np.int16)
    return native
