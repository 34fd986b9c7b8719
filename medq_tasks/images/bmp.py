"""BMP: the file and bitmap headers."""

from __future__ import annotations

import struct

from medq_tasks.images.info import ImageInfo, damaged


def probe_bmp(data: bytes, name: str) -> ImageInfo:
    """The info of the header; 16-bit BMP holds 5 or 6 bits a channel, so no BMP is deeper than 8 bits."""
    if len(data) < 30:
        raise damaged(name, "BMP", "ends before its header does")
    (size,) = struct.unpack("<I", data[14:18])
    if size == 12:
        width, height, _, bits = struct.unpack("<HHHH", data[18:26])
    else:
        width, height, _, bits = struct.unpack("<iiHH", data[18:30])
    # The fourth byte of 32-bit pixels is alpha only where a later header (V3) declares a mask for it.
    alpha = bits == 32 and size >= 56 and any(data[66:70])
    return ImageInfo("bmp", width, abs(height), min(bits, 8), 4 if alpha else 3, alpha)


def check_bmp(data: bytes, name: str) -> None:
    """Raises `ImageError` where the file is shorter than its header says."""
    (size,) = struct.unpack("<I", data[2:6])
    if size > len(data):
        raise damaged(name, "BMP", f"holds {len(data)} of {size} bytes")
