"""DICOM: header, stored values, and the file's own declaration of how they are shown."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import numpy.typing as npt

from medq_tasks.images.guarded_decode import decode_guarded
from medq_tasks.images.info import ImageInfo, damaged

_PREAMBLE = 128
# Decoders that fail with an exception on damaged data: GDCM aborts the process, pylibjpeg's for RLE panics.
_DECODERS = {
    "1.2.840.10008.1.2.5": "pydicom",  # RLE
    "1.2.840.10008.1.2.4.50": "pillow",  # JPEG, 8-bit
    "1.2.840.10008.1.2.4.90": "pylibjpeg",  # JPEG 2000, lossless
    "1.2.840.10008.1.2.4.91": "pylibjpeg",  # JPEG 2000
}
# JPEG of 12 bits, JPEG lossless (two), JPEG-LS (two)
_ABORTING = frozenset(f"1.2.840.10008.1.2.4.{last}" for last in (51, 57, 70, 80, 81))
_FAILURES = (
    AttributeError, EOFError, IndexError, KeyError, NotImplementedError, OSError, RuntimeError, TypeError, ValueError,
    struct.error, zlib.error,
)  # fmt: skip


def is_dicom(data: bytes, name: str) -> bool:
    """Whether the bytes carry the DICOM mark, or the name says DICOM and they begin with a plausible group."""
    if data[_PREAMBLE : _PREAMBLE + 4] == b"DICM":
        return True
    return name.lower().endswith((".dcm", ".dicom")) and data[:2] in {b"\x02\x00", b"\x08\x00", b"\x00\x08"}


@contextmanager
def readable(name: str) -> Iterator[None]:
    """Failures of pydicom and its decoders as one `ImageError`.

    Elements are parsed on first use, so failures can come from anything that touches a data set.
    """
    from pydicom.errors import BytesLengthException, InvalidDicomError

    try:
        yield
    except (*_FAILURES, BytesLengthException, InvalidDicomError) as error:
        first = " ".join(str(error).split())[:200]
        raise damaged(name, "DICOM", f"cannot be decoded ({type(error).__name__}: {first})") from error


def read_dicom(data: bytes, name: str, *, pixels: bool = True) -> Any:
    """The data set, checked to be an image. Raises `ImageError` otherwise."""
    from pydicom import dcmread

    with readable(name):
        dataset = dcmread(io.BytesIO(data), stop_before_pixels=not pixels, force=True)
        if "Rows" in dataset and "Columns" in dataset and ("PixelData" in dataset or not pixels):
            return dataset
        kind = str(dataset.get("Modality", "unknown"))[:16]
    raise damaged(name, "DICOM image", f"holds no pixels (modality {kind})")


def probe_dicom(data: bytes, name: str) -> ImageInfo:
    """The info of the header; a palette counts as colour."""
    with readable(name):
        dataset = read_dicom(data, name, pixels=False)
        palette = dataset.get("PhotometricInterpretation") == "PALETTE COLOR"
        return ImageInfo(
            "dicom",
            width=int(dataset.Columns),
            height=int(dataset.Rows),
            bit_depth=int(dataset.get("BitsStored", dataset.get("BitsAllocated", 8))),
            channels=3 if palette else int(dataset.get("SamplesPerPixel", 1)),
            has_alpha=False,
            frames=int(dataset.get("NumberOfFrames") or 1),
        )


def decode_dicom(dataset: Any, name: str, frame: int) -> npt.NDArray[Any]:
    """The stored values of one frame, (H, W) or (H, W, 3) with YBR converted to RGB; no rescale, no window."""
    from pydicom.pixels import pixel_array

    with readable(name):
        syntax = _transfer_syntax(dataset)
        if syntax in _ABORTING:
            return decode_guarded(dataset, name, frame)
        stored = np.asarray(pixel_array(dataset, index=frame, decoding_plugin=_DECODERS.get(syntax, "")))
        return stored.astype(stored.dtype.newbyteorder("="), copy=False)


def _transfer_syntax(dataset: Any) -> str:
    """The file's coding; without a meta header the one that it was read by, which is then declared."""
    if "TransferSyntaxUID" not in dataset.file_meta:
        from pydicom.uid import ExplicitVRLittleEndian, ImplicitVRLittleEndian

        implicit = dataset.original_encoding[0]
        dataset.file_meta.TransferSyntaxUID = ImplicitVRLittleEndian if implicit else ExplicitVRLittleEndian
    return str(dataset.file_meta.TransferSyntaxUID)
