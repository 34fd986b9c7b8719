from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PIL import Image

from medq_tasks.errors import ImageError
from medq_tasks.images import open_pixels

Write = Callable[..., bytes]


@pytest.mark.parametrize("kind", ["PNG", "BMP", "TIFF", "GIF", "WEBP"])
def test_lossless_formats_give_back_the_pixels(write: Write, rgb: Any, kind: str) -> None:
    pixels = np.asarray(Image.fromarray(rgb).quantize(64).convert("RGB"))
    data = write(Image.fromarray(pixels), kind, **({"lossless": True} if kind == "WEBP" else {}))
    np.testing.assert_array_equal(open_pixels(data, "x"), pixels)


def test_jpeg_is_decoded_as_pillow_does(write: Write, rgb: Any) -> None:
    data = write(rgb, "JPEG")
    np.testing.assert_array_equal(open_pixels(data, "x"), np.asarray(Image.open(io.BytesIO(data))))


def test_palettes_and_single_bits_are_expanded(write: Write, rgb: Any) -> None:
    palette = Image.fromarray(rgb).quantize(16)
    np.testing.assert_array_equal(open_pixels(write(palette, "PNG"), "x"), np.asarray(palette.convert("RGB")))
    bits = Image.fromarray(rgb[..., 0] > 127)
    np.testing.assert_array_equal(open_pixels(write(bits, "PNG"), "x"), np.where(rgb[..., 0] > 127, 255, 0))
    seen_through = open_pixels(write(palette, "PNG", transparency=0), "x")
    assert seen_through.shape == (33, 47, 4)


@pytest.mark.parametrize("dtype", [np.uint16, np.int16, np.float32, np.uint8])
@pytest.mark.parametrize("order", ["<", ">"])
def test_tiff_keeps_its_own_type(write_tiff: Write, grey16: Any, dtype: Any, order: str) -> None:
    pixels = (grey16.astype(np.int32) - (32768 if dtype is np.int16 else 0)).astype(dtype)
    found = open_pixels(write_tiff(pixels, byteorder=order), "x")
    assert found.dtype == np.dtype(dtype)
    np.testing.assert_array_equal(found, pixels)


def test_deep_colour_keeps_its_low_bytes(write_tiff: Write, grey16: Any) -> None:
    pixels = np.stack([grey16, 65535 - grey16, grey16 // 2], -1)
    np.testing.assert_array_equal(open_pixels(write_tiff(pixels, photometric="rgb"), "x"), pixels)


def test_a_page_must_be_named_where_there_are_several(write_tiff: Write, grey16: Any) -> None:
    data = write_tiff(np.stack([grey16, grey16[::-1]]), photometric="minisblack")
    np.testing.assert_array_equal(open_pixels(data, "x", frame=1), grey16[::-1])
    with pytest.raises(ImageError, match="expected one image, got 2 frames; name a frame from 0 to 1"):
        open_pixels(data, "x")
    with pytest.raises(ImageError, match="got 2 frames and the frame 2"):
        open_pixels(data, "x", frame=2)


@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.uint16, np.float32, np.float64])
@pytest.mark.parametrize("packed", [False, True])
def test_nifti_slices_have_rows_y_and_columns_x(write_nifti: Write, dtype: Any, packed: bool) -> None:
    volume = np.arange(5 * 7 * 3).reshape(5, 7, 3).astype(dtype)
    data = write_nifti(volume)
    found = open_pixels(gzip.compress(data) if packed else data, "x", frame=2)
    assert found.dtype == (np.float32 if dtype is np.float64 else dtype)
    np.testing.assert_array_equal(found, volume[:, :, 2].T)


def test_a_flat_nifti_needs_no_frame_and_a_cut_one_is_refused(write_nifti: Write) -> None:
    data = write_nifti(np.arange(35, dtype=np.int16).reshape(5, 7))
    assert open_pixels(data, "x").shape == (7, 5)
    for cut in (data[:-1], gzip.compress(data[:-1]), gzip.compress(data)[:-12]):
        with pytest.raises(ImageError, match="whole NIfTI"):
            open_pixels(cut, "x")


def test_a_nifti_that_declares_more_than_memory_is_refused(write_nifti: Write) -> None:
    data = bytearray(write_nifti(np.zeros((5, 7), np.int16)))
    data[42:50] = np.array([30000, 5000, 30000, 1], "<i2").tobytes()[:8]
    data[40:42] = np.array([3], "<i2").tobytes()
    with pytest.raises(ImageError, match="at most 2 GiB"):
        open_pixels(gzip.compress(bytes(data)), "x", frame=0)


@pytest.mark.parametrize(
    "name",
    ["MR_small.dcm", "MR_small_RLE.dcm", "MR_small_jp2klossless.dcm", "MR_small_bigendian.dcm",
     "MR_small_jpeg_ls_lossless.dcm", "MR_small_implicit.dcm"],
)  # fmt: skip
def test_every_lossless_coding_of_a_dicom_image_gives_the_same_values(dicom: Callable[[str], bytes], name: str) -> None:
    plain, coded = open_pixels(dicom("MR_small.dcm"), "x"), open_pixels(dicom(name), "x")
    assert coded.dtype == np.dtype(np.int16)
    np.testing.assert_array_equal(coded, plain)


def test_jpeg_lossless_dicom_is_decoded(dicom: Callable[[str], bytes]) -> None:
    pixels = open_pixels(dicom("JPGLosslessP14SV1_1s_1f_8b.dcm"), "x")
    assert (pixels.shape, pixels.dtype, int(pixels.max()) > 200) == ((768, 1024), np.uint8, True)


@pytest.mark.parametrize("name", ["MR_truncated.dcm", "rtplan.dcm", "no_meta.dcm"])
def test_dicom_without_whole_pixels_is_an_image_error(dicom: Callable[[str], bytes], name: str) -> None:
    with pytest.raises(ImageError, match=name):
        open_pixels(dicom(name), name)


def test_dicom_without_preamble_is_known_by_its_name(dicom: Callable[[str], bytes]) -> None:
    data = dicom("MR_small_implicit.dcm")
    bare = data[132:]
    np.testing.assert_array_equal(open_pixels(bare, "scan.dcm"), open_pixels(data, "scan.dcm"))
    with pytest.raises(ImageError, match="expected an image"):
        open_pixels(bare, "scan")
