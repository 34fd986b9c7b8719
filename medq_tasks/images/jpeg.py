"""JPEG: the frame header, and whether the file is whole."""

from __future__ import annotations

import struct

from medq_tasks.images.info import ImageInfo, damaged

SIGNATURE = b"\xff\xd8\xff"
_START_OF_SCAN = 0xDA
_START_OF_FRAME = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD8)})


def probe_jpeg(data: bytes, name: str) -> ImageInfo:
    """The info of the start-of-frame segment."""
    frame, _ = _walk(data, name)
    if frame is None:
        raise damaged(name, "JPEG", "has no frame header")
    depth, height, width, channels = struct.unpack(">BHHB", data[frame : frame + 6])
    return ImageInfo("jpeg", width, height, depth, channels, has_alpha=False)


def check_jpeg(data: bytes, name: str) -> None:
    """Raises `ImageError` unless a scan begins and the end marker follows it. Decodes nothing."""
    _, scan = _walk(data, name)
    if scan is None or data.rfind(b"\xff\xd9") < scan:
        raise damaged(name, "JPEG", "ends before its end marker")


def _walk(data: bytes, name: str) -> tuple[int | None, int | None]:
    """Where the content of the frame header begins, and where the first scan does."""
    at, frame = 2, None
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise damaged(name, "JPEG", f"has no marker at byte {at}")
        marker = data[at + 1]
        if marker == 0xFF or marker in _STANDALONE:
            at += 1 if marker == 0xFF else 2
            continue
        (length,) = struct.unpack(">H", data[at + 2 : at + 4])
        if length < 2 or at + 2 + length > len(data):
            break
        if marker in _START_OF_FRAME and length >= 8:
            frame = at + 4
        at += 2 + length
        if marker == _START_OF_SCAN:
            return frame, at
    return frame, None
