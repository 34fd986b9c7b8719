"""WebP: the first chunk, and whether the container is whole."""

from __future__ import annotations

import struct

from medq_tasks.images.info import ImageInfo, damaged


def is_webp(data: bytes) -> bool:
    """Whether the bytes begin as a WebP container."""
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def probe_webp(data: bytes, name: str) -> ImageInfo:
    """The info of a lossy (VP8), lossless (VP8L) or extended (VP8X) header."""
    if len(data) < 30:
        raise damaged(name, "WebP", "ends before its header does")
    match data[12:16]:
        case b"VP8 ":
            width, height = (side & 0x3FFF for side in struct.unpack("<HH", data[26:30]))
            alpha = False
        case b"VP8L":
            (bits,) = struct.unpack("<I", data[21:25])
            width, height, alpha = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, bool(bits >> 28 & 1)
        case b"VP8X":
            width, height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
            alpha = bool(data[20] & 0x10)
        case other:
            raise damaged(name, "WebP", f"begins with the unknown chunk {other!r}")
    return ImageInfo("webp", width, height, 8, 4 if alpha else 3, alpha)


def check_webp(data: bytes, name: str) -> None:
    """Raises `ImageError` unless the container is as long as it says and its chunks fill it."""
    (length,) = struct.unpack("<I", data[4:8])
    end, at = 8 + length, 12
    if end > len(data):
        raise damaged(name, "WebP", f"holds {len(data)} of {end} bytes")
    while at + 8 <= end:
        (size,) = struct.unpack("<I", data[at + 4 : at + 8])
        at += 8 + size + (size & 1)
    if at - end not in {0, 1}:
        raise damaged(name, "WebP", "is cut off within a chunk")
