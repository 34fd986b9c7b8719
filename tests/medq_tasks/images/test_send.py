from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PIL import Image

from medq_tasks.errors import ImageError
from medq_tasks.images import Window, open_pixels, to_sent

Write = Callable[..., bytes]


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "gif"])
def test_a_format_that_the_provider_takes_is_passed_on_byte_for_byte(files: dict[str, bytes], kind: str) -> None:
    data = files[kind]
    sent = to_sent(data, name="x")
    assert sent.data is data
    assert (sent.media_type, sent.format, sent.sent_format) == (f"image/{kind}", kind, kind)
    assert (sent.bit_identical, sent.lossless, sent.window) == (True, True, None)
    assert sent.sha256 == sent.sent_sha256 == hashlib.sha256(data).hexdigest()
    assert (sent.width, sent.height, sent.bit_depth) == (47, 33, 8)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_every_8_bit_png_is_passed_on_alpha_and_palette_included(write: Write, rgb: Any, mode: str) -> None:
    data = write(Image.fromarray(rgb).convert(mode), "PNG")
    assert to_sent(data, name="x", window=Window("minmax")).data is data


@pytest.mark.parametrize("kind", ["BMP", "TIFF"])
@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA"])
def test_other_8_bit_formats_become_a_png_with_the_same_pixels(write: Write, rgb: Any, kind: str, mode: str) -> None:
    data = write(Image.fromarray(rgb).convert(mode), kind)
    sent = to_sent(data, name="x")
    assert (sent.bit_identical, sent.lossless, sent.window, sent.media_type) == (False, True, None, "image/png")
    assert sent.sent_sha256 == hashlib.sha256(sent.data).hexdigest() != sent.sha256
    np.testing.assert_array_equal(open_pixels(sent.data, "sent"), open_pixels(data, "x"))


@pytest.mark.parametrize("kind", ["jpeg", "webp", "gif"])
def test_a_format_that_the_provider_refuses_becomes_a_png_with_the_decoded_pixels(
    files: dict[str, bytes], kind: str
) -> None:
    sent = to_sent(files[kind], name="x", accepts=("png",))
    assert (sent.sent_format, sent.lossless, sent.bit_identical) == ("png", True, False)
    np.testing.assert_array_equal(open_pixels(sent.data, "sent"), open_pixels(files[kind], "x"))


def test_profile_and_orientation_survive_the_change_of_format(write: Write, rgb: Any) -> None:
    exif = Image.Exif()
    exif[274] = 6
    data = write(rgb, "JPEG", icc_profile=b"profile", exif=exif.tobytes())
    sent = Image.open(io.BytesIO(to_sent(data, name="x", accepts=("png",)).data))
    assert sent.info["icc_profile"] == b"profile"
    assert sent.getexif()[274] == 6


def test_deep_images_need_a_declared_window_which_is_recorded(write: Write, grey16: Any) -> None:
    data = write(grey16, "PNG")
    with pytest.raises(ImageError, match=r"deep\.png: expected a declared window for uint16 values.*data\.window"):
        to_sent(data, name="deep.png")
    sent = to_sent(data, name="deep.png", window=Window("full"))
    assert (sent.bit_identical, sent.lossless, sent.bit_depth) == (False, False, 16)
    assert sent.window == {"low": 0.0, "high": 65535.0, "source": "full"}
    np.testing.assert_array_equal(open_pixels(sent.data, "sent"), np.rint(grey16 / 257).astype(np.uint8))


@pytest.mark.parametrize("window", [Window("minmax"), Window("range", 100, 4000)])
def test_a_16_bit_tiff_is_windowed_to_its_full_depth(write_tiff: Write, window: Window) -> None:
    pixels = np.linspace(100, 4000, 64 * 64).reshape(64, 64).astype(np.uint16)
    levels = open_pixels(to_sent(write_tiff(pixels), name="x", window=window).data, "sent")
    assert len(np.unique(levels)) == 256


def test_alpha_of_a_deep_image_is_not_windowed(write_tiff: Write, grey16: Any) -> None:
    alpha = np.full_like(grey16, 65535)
    data = write_tiff(np.stack([grey16, grey16, grey16, alpha], -1), photometric="rgb", extrasamples=["unassalpha"])
    sent = open_pixels(to_sent(data, name="x", window=Window("range", 0, 10)).data, "sent")
    assert sent.shape == (33, 47, 4)
    assert (sent[..., 3] == 255).all()


def test_dicom_is_sent_with_the_window_that_it_declares(dicom: Callable[[str], bytes]) -> None:
    sent = to_sent(dicom("693_UNCI.dcm"), name="head.dcm")
    assert (sent.format, sent.bit_depth, sent.sent_format, sent.lossless) == ("dicom", 14, "png", False)
    assert sent.window == {"low": -10.0, "high": 89.0, "source": "dicom window, LINEAR"}
    assert open_pixels(sent.data, "sent").shape == (512, 512)


def test_several_frames_need_one_that_is_named(dicom: Callable[[str], bytes]) -> None:
    data = dicom("color3d_jpeg_baseline.dcm")
    with pytest.raises(ImageError, match=r"echo\.dcm: expected one image, got 120 frames"):
        to_sent(data, name="echo.dcm")
    assert to_sent(data, name="echo.dcm", frame=3).sent_sha256 != to_sent(data, name="echo.dcm", frame=90).sent_sha256


def test_nifti_needs_a_window_unless_it_holds_bytes(write_nifti: Write) -> None:
    flat = np.arange(35, dtype=np.uint8).reshape(5, 7)
    assert to_sent(write_nifti(flat), name="x").lossless
    with pytest.raises(ImageError, match=r"data\.window"):
        to_sent(write_nifti(flat.astype(np.int16)), name="x")
    assert to_sent(write_nifti(flat.astype(np.int16)), name="x", window=Window("minmax")).window == {
        "low": 0.0,
        "high": 34.0,
        "source": "minmax",
    }


def test_what_png_cannot_hold_is_refused(write: Write, rgb: Any) -> None:
    with pytest.raises(ImageError, match="got CMYK, which PNG cannot hold"):
        to_sent(write(Image.fromarray(rgb).convert("CMYK"), "TIFF"), name="x")
    animated = write(Image.fromarray(rgb), "GIF", save_all=True, append_images=[Image.fromarray(255 - rgb)])
    assert to_sent(animated, name="x").bit_identical
    with pytest.raises(ImageError, match="expected one image, got 2 frames"):
        to_sent(animated, name="x", accepts=("png",))


def test_a_provider_without_png_cannot_take_a_converted_image(files: dict[str, bytes]) -> None:
    with pytest.raises(ImageError, match="expected jpeg of 8 bits, got png; accept png as well"):
        to_sent(files["png"], name="x", accepts=("jpeg",))
