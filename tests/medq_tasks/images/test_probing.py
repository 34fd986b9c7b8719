from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from medq_tasks.errors import ImageError
from medq_tasks.images import MAX_PIXELS, ImageInfo, check_structure, open_pixels, probe, to_sent

Write = Callable[..., bytes]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"])
@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA"])
@pytest.mark.parametrize("size", [(1, 1), (47, 33), (300, 2)])
def test_headers_say_what_pillow_says(write: Write, kind: str, mode: str, size: tuple[int, int]) -> None:
    if kind == "JPEG" and mode in {"P", "RGBA"}:
        return
    data = write(Image.effect_noise(size, 80).convert(mode), kind)
    info = probe(data, "image")
    opened = Image.open(io.BytesIO(data))
    assert (info.format, info.width, info.height) == (kind.lower(), *opened.size)
    assert info.has_alpha == (opened.mode == "RGBA")
    assert info.bit_depth <= 8
    check_structure(data, info, "image")


@pytest.mark.parametrize("options", [{"lossless": True}, {"lossless": True, "exact": True}, {"quality": 5}])
@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_every_kind_of_webp_is_measured(write: Write, options: dict[str, Any], mode: str) -> None:
    info = probe(write(Image.effect_noise((61, 7), 80).convert(mode), "WEBP", **options), "image")
    assert (info.width, info.height) == (61, 7)


def test_depth_and_alpha_of_png_are_those_of_the_file(write: Write, grey16: Any) -> None:
    assert probe(write(grey16, "PNG"), "x") == ImageInfo("png", 47, 33, 16, 1, has_alpha=False)
    transparent = write(Image.new("RGB", (4, 4)), "PNG", transparency=(0, 0, 0))
    assert probe(transparent, "x") == ImageInfo("png", 4, 4, 8, 4, has_alpha=True)
    assert probe(write(Image.new("1", (4, 4)), "PNG"), "x").bit_depth == 1


def test_progressive_and_cmyk_jpeg_are_measured(write: Write, rgb: Any) -> None:
    assert probe(write(rgb, "JPEG", progressive=True), "x").channels == 3
    assert probe(write(Image.fromarray(rgb).convert("CMYK"), "JPEG"), "x").channels == 4


def test_tiff_pages_and_dtypes_are_measured(write_tiff: Write, grey16: Any) -> None:
    stack = np.stack([grey16, grey16])
    assert probe(write_tiff(stack, photometric="minisblack"), "x") == ImageInfo("tiff", 47, 33, 16, 1, False, 2)
    assert probe(write_tiff(grey16.astype(np.float32)), "x").bit_depth == 32


def test_dicom_and_nifti_are_recognised(dicom: Callable[[str], bytes], write_nifti: Write) -> None:
    assert probe(dicom("693_UNCI.dcm"), "x") == ImageInfo("dicom", 512, 512, 14, 1, has_alpha=False)
    assert probe(dicom("color3d_jpeg_baseline.dcm"), "x").frames == 120
    volume = write_nifti(np.zeros((5, 7, 3), np.int16))
    assert probe(volume, "x") == ImageInfo("nifti", 5, 7, 16, 1, has_alpha=False, frames=3)


@pytest.mark.parametrize("data", [b"", b"abc", b"<svg/>", b"%PDF-1.7", b"\0" * 400, b"\x1f\x8bjunk"])
def test_what_is_no_image_is_refused_with_its_first_bytes(data: bytes) -> None:
    with pytest.raises(ImageError, match=r"item 3: expected an image \(png, jpeg"):
        probe(data, "item 3")


def bomb(width: int, height: int) -> bytes:
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header)) + b"\0" * 9


def test_a_pixel_bomb_is_refused_from_its_header() -> None:
    with pytest.raises(ImageError, match="expected at most 178 million pixels, got 60000 × 60000 = 3600 million"):
        probe(bomb(60_000, 60_000), "bomb")
    assert probe(bomb(MAX_PIXELS, 1), "large").width == MAX_PIXELS
    with pytest.raises(ImageError, match="expected an image with pixels"):
        probe(bomb(0, 5), "empty")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(st.sampled_from(["png", "jpeg", "webp", "gif", "bmp", "tiff"]), st.floats(0, 1, exclude_max=True))
def test_a_file_that_is_cut_anywhere_is_never_sent(files: dict[str, bytes], kind: str, share: float) -> None:
    data = files[kind]
    with pytest.raises(ImageError):
        to_sent(data[: int(len(data) * share)], name="cut")


@pytest.mark.parametrize("kind", ["bmp", "tiff", "jpeg"])
def test_a_cut_file_is_refused_even_where_another_library_lets_pillow_take_it(
    files: dict[str, bytes], kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", True)
    with pytest.raises(ImageError):
        to_sent(files[kind][: len(files[kind]) * 2 // 3], name="cut")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=400, deadline=None)
@given(
    kind=st.sampled_from(["png", "jpeg", "webp", "gif", "bmp", "tiff"]),
    damage=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=4),
)
def test_damage_anywhere_gives_pixels_or_an_image_error(
    files: dict[str, bytes], kind: str, damage: list[tuple[float, int]]
) -> None:
    content = bytearray(files[kind])
    for place, value in damage:
        content[int(len(content) * place**3)] = value  # more often near the header
    try:
        pixels = open_pixels(bytes(content), "damaged")
    except ImageError:
        return
    assert pixels.size > 0


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_flipped_bit_in_a_png_is_never_sent(files: dict[str, bytes], place: float, bit: int) -> None:
    content = bytearray(files["png"])
    content[int(len(content) * place)] ^= 1 << bit
    with pytest.raises(ImageError):
        to_sent(bytes(content), name="flipped")
