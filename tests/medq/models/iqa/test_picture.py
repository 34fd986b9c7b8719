"""Pixels as the statistics see them."""

import numpy as np
import pytest

from medq.models.iqa.picture import open_picture


@pytest.mark.parametrize(
    ("pixels", "expected"),
    [
        (np.full((40, 50), 255, np.uint8), 1.0),
        (np.full((40, 50), 65535, np.uint16), 1.0),
        (np.full((40, 50, 1), 51, np.uint8), 0.2),
        (np.full((40, 50, 4), 51, np.uint8), 0.2),
        (np.full((40, 50), 0.25, np.float32), 0.25),
        (np.full((40, 50), True), 1.0),
    ],
)
def test_every_pixel_type_is_read_in_zero_to_one(pixels: np.ndarray, expected: float) -> None:
    picture = open_picture(pixels)
    assert picture.rgb.shape == (40, 50, 3)
    assert picture.grey.dtype == np.float32
    assert picture.grey == pytest.approx(expected, abs=1e-6)


def test_alpha_is_dropped() -> None:
    pixels = np.zeros((40, 40, 4), np.uint8)
    pixels[..., 3] = 255
    assert open_picture(pixels).grey.max() == 0


@pytest.mark.parametrize("shape", [(31, 64), (64,), (64, 64, 5), (3, 64, 64)])
def test_other_shapes_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="expected"):
        open_picture(np.zeros(shape, np.uint8))


def test_the_dark_surround_is_no_content_but_a_dark_hole_is() -> None:
    pixels = np.zeros((100, 100), np.uint8)
    pixels[20:80, 20:80] = 180
    pixels[45:55, 45:55] = 0
    content = open_picture(pixels).content
    assert not content[5, 5]
    assert content[30, 30]
    assert content[50, 50]


def test_an_image_without_surround_is_all_content() -> None:
    assert open_picture(np.full((64, 64), 128, np.uint8)).content.all()
    assert open_picture(np.zeros((64, 64), np.uint8)).content.all()
