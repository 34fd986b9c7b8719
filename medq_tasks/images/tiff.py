"""TIFF: the tags of its first page, and its pages decoded at their own depth."""

from __future__ import annotations

import io
import warnings
from typing import Any

import numpy as np
import numpy.typing as npt

from medq_tasks.images.info import ImageInfo, damaged

SIGNATURES = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_BITS, _PHOTOMETRIC, _SAMPLES, _EXTRA = 258, 262, 277, 338
_PALETTE = 3


def probe_tiff(data: bytes, name: str) -> ImageInfo:
    """The info of the first page; `frames` is the number of pages."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image: Any = Image.open(io.BytesIO(data), formats=["TIFF"])
            frames = int(image.n_frames)
    except (OSError, SyntaxError, ValueError, TypeError, KeyError, Image.DecompressionBombError) as error:
        raise damaged(name, "TIFF", f"cannot be opened ({error})") from error
    tags = image.tag_v2
    bits, samples = max(tags.get(_BITS, (1,))), int(tags.get(_SAMPLES, 1))
    alpha = bool(tags.get(_EXTRA))
    channels = samples + 2 if tags.get(_PHOTOMETRIC) == _PALETTE else samples
    return ImageInfo("tiff", image.width, image.height, int(bits), channels, alpha, frames)


def decode_deep_tiff(data: bytes, name: str, frame: int) -> npt.NDArray[Any]:
    """A page with more than 8 bits a sample in its native type; Pillow cuts such colour pages to 8 bits."""
    import tifffile

    try:
        with tifffile.TiffFile(io.BytesIO(data)) as file:
            return np.asarray(file.pages[frame].asarray())
    except (tifffile.TiffFileError, ValueError, OSError, KeyError, ImportError, IndexError) as error:
        reason = f"cannot be decoded at its full depth ({error}); uncompressed and deflate pages can"
        raise damaged(name, "TIFF", reason) from error
