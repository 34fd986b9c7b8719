"""PNG with 16 bits a sample and several channels, decoded at full depth: Pillow keeps only the high byte of these."""

from __future__ import annotations

import struct
import zlib

import numpy as np
import numpy.typing as npt

from medq_tasks.images.info import damaged
from medq_tasks.images.png import CHANNELS, chunks

_ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def decode_png16(data: bytes, name: str) -> npt.NDArray[np.uint16]:
    """The stored samples, (H, W) or (H, W, C) uint16. Raises `ImageError` for damaged pixel data.

    Source: PNG specification (third edition), sections 7.2, 8 and 9.
    """
    width, height, _, colour, _, _, interlaced = struct.unpack(">IIBBBBB", data[16:29])
    channels = CHANNELS[colour]
    passes = _ADAM7 if interlaced else ((0, 0, 1, 1),)
    sizes = [(-(-(height - y) // dy), -(-(width - x) // dx)) for x, y, dx, dy in passes]
    sizes = [(rows, columns) if rows > 0 and columns > 0 else (0, 0) for rows, columns in sizes]
    total = sum(rows * (1 + columns * channels * 2) for rows, columns in sizes)
    stream = _inflate(b"".join(data[start:end] for kind, start, end in chunks(data, name) if kind == b"IDAT"), total)
    if len(stream) != total:
        raise damaged(name, "PNG", f"holds {len(stream)} of {total} bytes of pixels")
    image = np.zeros((height, width, channels), np.uint16)
    at = 0
    for (x, y, dx, dy), (rows, columns) in zip(passes, sizes, strict=True):
        length = rows * (1 + columns * channels * 2)
        lines = np.frombuffer(stream, np.uint8, length, at).reshape(rows, -1) if rows else None
        at += length
        if lines is not None:
            samples = _unfilter(lines, channels * 2, name).view(">u2").reshape(rows, columns, channels)
            image[y::dy, x::dx] = samples
    return image[..., 0] if channels == 1 else image


def _inflate(stream: bytes, total: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream, total)
    except zlib.error:
        return b""


def _unfilter(lines: npt.NDArray[np.uint8], step: int, name: str) -> npt.NDArray[np.uint8]:
    """Bytes of pixels from filtered lines, (H, 1 + W * step) to (H, W * step).

    A pixel needs those to its left, above, and above left, so all pixels of one anti-diagonal are done at once.
    """
    filters, rows = lines[:, 0], lines.shape[0]
    if filters.max() > 4:
        raise damaged(name, "PNG", f"uses the unknown filter {filters.max()}")
    source = lines[:, 1:].reshape(rows, -1, step).astype(np.int16)
    columns = source.shape[1]
    out = np.zeros((rows + 1, columns + 1, step), np.int16)
    for diagonal in range(rows + columns - 1):
        y = np.arange(max(0, diagonal - columns + 1), min(rows - 1, diagonal) + 1)
        x = diagonal - y
        left, up, corner = out[y + 1, x], out[y, x + 1], out[y, x]
        kind = filters[y][:, None]
        guess = np.select(
            [kind == 1, kind == 2, kind == 3, kind == 4], [left, up, (left + up) >> 1, _paeth(left, up, corner)], 0
        )
        out[y + 1, x + 1] = (source[y, x] + guess) & 255
    return np.ascontiguousarray(out[1:, 1:].astype(np.uint8)).reshape(rows, -1)


def _paeth(
    left: npt.NDArray[np.int16], up: npt.NDArray[np.int16], corner: npt.NDArray[np.int16]
) -> npt.NDArray[np.int16]:
    to_left, to_up, to_corner = abs(up - corner), abs(left - corner), abs(left + up - 2 * corner)
    nearest_up = np.where(to_up <= to_corner, up, corner)
    return np.where((to_left <= to_up) & (to_left <= to_corner), left, nearest_up)
