"""GIF: the logical screen, and whether every block is whole."""

from __future__ import annotations

import struct

from medq_tasks.images.info import ImageInfo, damaged

SIGNATURES = (b"GIF87a", b"GIF89a")


def probe_gif(data: bytes, name: str) -> ImageInfo:
    """The info of the header: an 8-bit palette image. Transparency is not looked for."""
    if len(data) < 13:
        raise damaged(name, "GIF", "ends before its header does")
    width, height = struct.unpack("<HH", data[6:10])
    return ImageInfo("gif", width, height, 8, 3, has_alpha=False)


def check_gif(data: bytes, name: str) -> None:
    """Raises `ImageError` unless the blocks follow each other up to the trailer, with an image among them."""
    at, images = 13 + _table(data[10]), 0
    while at < len(data):
        kind = data[at]
        if kind == 0x3B and images:
            return
        if kind == 0x2C and at + 10 < len(data):
            images += 1
            at = _skip_blocks(data, at + 11 + _table(data[at + 9]))
        elif kind == 0x21:
            at = _skip_blocks(data, at + 2)
        else:
            break
    raise damaged(name, "GIF", "ends before its trailer" if at >= len(data) else f"has no block at byte {at}")


def _table(flags: int) -> int:
    """The bytes of a colour table."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _skip_blocks(data: bytes, at: int) -> int:
    while at < len(data) and data[at]:
        at += data[at] + 1
    return at + 1
