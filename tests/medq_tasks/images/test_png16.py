from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from medq_tasks.errors import ImageError
from medq_tasks.images.png16 import decode_png16

COLOUR_TYPES = {1: 0, 2: 4, 3: 2, 4: 6}
ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def paeth(left: int, up: int, corner: int) -> int:
    """The predictor in the words of the specification, one sample at a time."""
    guess = left + up - corner
    return min((left, up, corner), key=lambda value: abs(guess - value))


def filtered(lines: list[bytes], step: int, kinds: list[int]) -> bytes:
    out, above = b"", bytes(len(lines[0]) if lines else 0)
    for line, kind in zip(lines, kinds, strict=True):
        row = bytearray([kind])
        for at, value in enumerate(line):
            left = line[at - step] if at >= step else 0
            corner = above[at - step] if at >= step else 0
            guess = (0, left, above[at], (left + above[at]) // 2, paeth(left, above[at], corner))[kind]
            row.append((value - guess) & 255)
        out, above = out + bytes(row), line
    return out


def encode(pixels: npt.NDArray[np.uint16], kinds: list[int], *, interlaced: bool = False) -> bytes:
    """A 16-bit PNG of (H, W, C) pixels with a filter chosen for each line."""
    height, width, channels = pixels.shape
    stream = b""
    for x, y, dx, dy in ADAM7 if interlaced else ((0, 0, 1, 1),):
        part = pixels[y::dy, x::dx]
        if part.size:
            lines = [row.astype(">u2").tobytes() for row in part]
            stream += filtered(lines, channels * 2, [kinds[at % len(kinds)] for at in range(len(lines))])
    header = struct.pack(">IIBBBBB", width, height, 16, COLOUR_TYPES[channels], 0, 0, int(interlaced))
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(stream)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@settings(deadline=None, max_examples=60)
@given(
    height=st.integers(1, 9), width=st.integers(1, 9), channels=st.integers(1, 4), seed=st.integers(0, 999),
    kinds=st.lists(st.integers(0, 4), min_size=1, max_size=5), interlaced=st.booleans(),
)  # fmt: skip
def test_every_filter_and_layout_is_decoded_to_the_last_bit(
    *, height: int, width: int, channels: int, seed: int, kinds: list[int], interlaced: bool
) -> None:
    pixels = np.random.default_rng(seed).integers(0, 65536, (height, width, channels), dtype=np.uint16)
    decoded = decode_png16(encode(pixels, kinds, interlaced=interlaced), "x")
    assert decoded.dtype == np.uint16
    np.testing.assert_array_equal(decoded.reshape(pixels.shape), pixels)


def test_grey_agrees_with_pillow_and_colour_with_the_high_byte_that_pillow_keeps(
    write: Callable[..., bytes], grey16: Any
) -> None:
    smooth = (np.add.outer(np.arange(64), np.arange(80)) * 400).astype(np.uint16)
    for pixels in (grey16, smooth):
        np.testing.assert_array_equal(decode_png16(write(pixels, "PNG"), "x"), pixels)
    colour = encode(np.stack([grey16, grey16.T.reshape(33, 47), 65535 - grey16], -1), [4, 3, 2, 1, 0])
    pillow = np.asarray(Image.open(io.BytesIO(colour)))
    assert pillow.dtype == np.uint8
    np.testing.assert_array_equal(decode_png16(colour, "x") >> 8, pillow)


def test_missing_pixels_and_unknown_filters_are_refused() -> None:
    pixels = np.zeros((4, 4, 3), np.uint16)
    whole = encode(pixels, [0])
    short = whole.replace(whole[33:], b"") + chunk(b"IDAT", zlib.compress(b"\0" * 10)) + chunk(b"IEND", b"")
    with pytest.raises(ImageError, match="10 of 100 bytes of pixels"):
        decode_png16(short, "x")
    odd = whole[:33] + chunk(b"IDAT", zlib.compress(b"\7" + b"\0" * 99)) + chunk(b"IEND", b"")
    with pytest.raises(ImageError, match="unknown filter 7"):
        decode_png16(odd, "x")


def test_a_stream_that_unpacks_to_more_than_the_image_is_not_unpacked_further() -> None:
    whole = encode(np.zeros((4, 4, 3), np.uint16), [0])
    packed = zlib.compress(b"\0" * 100 + b"\0" * 50_000_000, 9)
    swollen = whole[:33] + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    assert decode_png16(swollen, "x").shape == (4, 4, 3)
