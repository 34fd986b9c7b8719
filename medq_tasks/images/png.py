"""PNG: its header, its structure, and 16-bit colour, which Pillow would cut to 8 bits."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from medq_tasks.images.info import ImageInfo, damaged

SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHANNELS = {0: 1, 2: 3, 3: 3, 4: 2, 6: 4}  # by colour type
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}


def probe_png(data: bytes, name: str) -> ImageInfo:
    """The info of the IHDR chunk; a tRNS chunk before the pixels counts as alpha."""
    if len(data) < 33 or data[12:16] != b"IHDR":
        raise damaged(name, "PNG", "ends before its header does")
    width, height, depth, colour = struct.unpack(">IIBB", data[16:26])
    if depth not in _DEPTHS.get(colour, ()):
        raise damaged(name, "PNG", f"declares colour type {colour} with {depth} bits, which PNG does not have")
    alpha = colour in {4, 6} or _has_transparency(data)
    channels = CHANNELS[colour] + (1 if alpha and colour not in {4, 6} else 0)
    return ImageInfo("png", width, height, depth, channels, alpha)


def check_png(data: bytes, name: str) -> None:
    """Raises `ImageError` unless every chunk is whole, its checksum holds, and IEND is there. Decodes nothing."""
    kinds = set[bytes]()
    view = memoryview(data)
    for kind, start, end in chunks(data, name):
        (stored,) = struct.unpack(">I", data[end : end + 4])
        if zlib.crc32(view[start - 4 : end]) != stored:
            raise damaged(name, "PNG", f"has a wrong checksum in its chunk {kind.decode('latin-1')} at byte {start}")
        kinds.add(kind)
    if b"IEND" not in kinds or b"IDAT" not in kinds:
        raise damaged(name, "PNG", "ends before its last chunk")


def chunks(data: bytes, name: str) -> Iterator[tuple[bytes, int, int]]:
    """Kind, start and end of the content of each chunk up to IEND."""
    at = len(SIGNATURE)
    while at < len(data):
        if at + 12 > len(data):
            raise damaged(name, "PNG", "is cut off within a chunk")
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind, start = data[at + 4 : at + 8], at + 8
        at = start + length + 4
        if at > len(data):
            raise damaged(name, "PNG", f"is cut off within its chunk {kind.decode('latin-1')}")
        yield kind, start, start + length
        if kind == b"IEND":
            return


def _has_transparency(data: bytes) -> bool:
    at = len(SIGNATURE)
    while at + 8 <= len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind = data[at + 4 : at + 8]
        if kind in {b"tRNS", b"IDAT"}:
            return kind == b"tRNS"
        at += 12 + length
    return False
