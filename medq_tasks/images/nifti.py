"""NIfTI: header and slices of a volume, plain or gzipped."""

from __future__ import annotations

import io
import math
import zlib
from typing import Any

import numpy as np
import numpy.typing as npt

from medq_tasks.errors import ImageError
from medq_tasks.images.info import ImageInfo, damaged

VOLUME_BYTES_MAX = 2 << 30
_HEADER_BYTES = 540
_GZIP = b"\x1f\x8b"


def is_nifti(data: bytes) -> bool:
    """Whether the bytes, unpacked where they are gzipped, begin as a single-file NIfTI-1 or NIfTI-2."""
    head = _head(data)
    return head[344:348] == b"n+1\0" or head[4:8] == b"n+2\0"


def probe_nifti(data: bytes, name: str) -> ImageInfo:
    """Width is the first axis, height the second, `frames` the product of the others."""
    header = _header(data, name)
    shape = (*header.get_data_shape(), 1, 1)
    dtype = header.get_data_dtype()
    channels = len(dtype.names) if dtype.names else 1
    bits = dtype.itemsize * 8 // channels
    return ImageInfo("nifti", int(shape[0]), int(shape[1]), bits, channels, channels == 4, math.prod(shape[2:]))


def decode_nifti(data: bytes, name: str, frame: int) -> npt.NDArray[Any]:
    """One slice, (H, W) with row y and column x of `data[x, y]`: stored values, float32 where the header scales them.

    No axis is flipped. Raises `ImageError` for a truncated volume and for one of more than `VOLUME_BYTES_MAX`.
    """
    import nibabel as nib
    from nibabel.filebasedimages import ImageFileError

    header = _header(data, name)
    expected = int(header["vox_offset"]) + math.prod(header.get_data_shape()) * header.get_data_dtype().itemsize
    if expected > VOLUME_BYTES_MAX:
        size = f"{expected / 2**30:.1f} GiB"
        raise ImageError(f"{name}: expected a volume of at most {VOLUME_BYTES_MAX >> 30} GiB, got {size}; cut it")
    raw = _unpacked(data, expected)
    if len(raw) < expected:
        raise damaged(name, "NIfTI", f"holds {len(raw)} of {expected} bytes")
    version = nib.Nifti1Image if raw[344:348] == b"n+1\0" else nib.Nifti2Image
    try:
        proxy: Any = version.from_bytes(raw[:expected]).dataobj
        volume: Any = np.asarray(proxy) if proxy.slope == 1 and proxy.inter == 0 else np.asarray(proxy, np.float32)
    except (ValueError, OSError, ImageFileError) as error:
        raise damaged(name, "NIfTI", f"cannot be decoded ({error})") from error
    if volume.dtype.names:
        volume = np.stack([volume[channel] for channel in volume.dtype.names], -1)
        slices = volume.reshape(*volume.shape[:2], -1, volume.shape[-1])
        return np.ascontiguousarray(slices[:, :, frame].swapaxes(0, 1))
    if volume.dtype == np.float64:
        volume = volume.astype(np.float32)
    return np.ascontiguousarray(volume.reshape(*(*volume.shape, 1)[:2], -1)[:, :, frame].T)


def _header(data: bytes, name: str) -> Any:
    import nibabel as nib
    from nibabel.spatialimages import HeaderDataError
    from nibabel.wrapstruct import WrapStructError

    head = _head(data)
    version = nib.Nifti1Header if head[344:348] == b"n+1\0" else nib.Nifti2Header
    try:
        return version.from_fileobj(io.BytesIO(head))
    except (ValueError, HeaderDataError, WrapStructError) as error:
        raise damaged(name, "NIfTI", f"has no valid header ({error})") from error


def _head(data: bytes) -> bytes:
    return _unpacked(data[: 1 << 16], _HEADER_BYTES)


def _unpacked(data: bytes, limit: int) -> bytes:
    """At most `limit` bytes; fewer where the stream is damaged. The limit keeps a small file from filling memory."""
    if data[:2] != _GZIP:
        return data[:limit]
    try:
        return zlib.decompressobj(wbits=31).decompress(data, limit)
    except zlib.error:
        return b""
