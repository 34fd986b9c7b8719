"""The image that a class gets."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from medq.models.local.picture import open_picture, pixels_sha256
from medq_tasks.errors import ImageError
from medq_tasks.images import SentImage, to_sent
from tests.medq.models.local.small_questions import png

COLOUR = np.random.default_rng(3).integers(0, 256, (20, 30, 3), dtype=np.uint8)


def opened(data: bytes) -> SentImage:
    return to_sent(data, name="file")


@pytest.mark.parametrize("pixels", [COLOUR, COLOUR[..., 0]], ids=["colour", "grey"])
def test_the_pixels_are_those_of_the_file(pixels: np.ndarray) -> None:
    found = open_picture(opened(png(pixels)))
    assert np.array_equal(np.asarray(found.image), pixels)
    assert found.sha256 == pixels_sha256(pixels)


def test_a_jpeg_is_decoded_once_and_not_encoded_again() -> None:
    data = png(COLOUR, format="JPEG", quality=30)
    import io

    with Image.open(io.BytesIO(data)) as image:
        assert np.array_equal(np.asarray(open_picture(opened(data)).image), np.asarray(image))


def test_a_palette_becomes_its_colours() -> None:
    indexed = Image.fromarray(COLOUR).quantize(16)
    assert np.array_equal(np.asarray(open_picture(opened(png(indexed))).image), np.asarray(indexed.convert("RGB")))


def test_an_opaque_alpha_channel_goes_without_loss() -> None:
    opaque = np.dstack([COLOUR, np.full((20, 30), 255, np.uint8)])
    assert np.array_equal(np.asarray(open_picture(opened(png(opaque))).image), COLOUR)


def test_transparent_pixels_are_refused() -> None:
    clear = np.dstack([COLOUR, np.full((20, 30), 254, np.uint8)])
    with pytest.raises(ImageError, match="expected an opaque image"):
        open_picture(opened(png(clear)))


def test_inks_are_not_taken_for_colours_with_alpha() -> None:
    inks = Image.fromarray(COLOUR).convert("CMYK")
    with pytest.raises(ImageError, match="CMYK"):
        open_picture(opened(png(inks, format="JPEG")))


def test_sixteen_bits_are_refused_and_not_cut_off_at_255() -> None:
    deep = png(np.full((20, 30), 40_000, np.uint16))
    sent = SentImage(deep, "image/png", "0", "png", 30, 20, 16, "0", "png", bit_identical=True, lossless=True)
    with pytest.raises(ImageError, match=r"expected 8 bits, got uint16.*data\.window"):
        open_picture(sent)


def test_one_changed_value_changes_the_hash_and_so_does_the_shape() -> None:
    other = COLOUR.copy()
    other[0, 0, 0] ^= 1
    hashes = {pixels_sha256(one) for one in (COLOUR, other, COLOUR.reshape(30, 20, 3))}
    assert len(hashes) == 3
