import numpy as np
import pytest
from PIL import Image, ImageDraw

from medq_tasks.construction.burned_in import burned_in_text, text_lines


def tissue(side: int = 256) -> np.ndarray:
    coarse = np.random.default_rng(3).integers(0, 170, (16, 16), dtype=np.uint8)
    return np.asarray(Image.fromarray(coarse).resize((side, side), Image.Resampling.BICUBIC))


def with_text(size: int) -> np.ndarray:
    image = Image.fromarray(tissue())
    ImageDraw.Draw(image).text((20, 30), "ERIKA MUSTERMANN", fill=255, font_size=size)
    return np.asarray(image)


@pytest.mark.parametrize("size", [12, 20])
def test_a_line_of_text_is_found_where_it_stands(size):
    [line, *_] = text_lines(with_text(size))
    top, left, bottom, right = line
    assert 25 <= top < bottom <= 30 + 1.5 * size
    assert left >= 15 and right - left > 4 * size


def test_colour_pictures_are_searched_too():
    assert text_lines(np.dstack([with_text(16)] * 3))


@pytest.mark.parametrize("image", [tissue(), np.zeros((64, 64), np.uint8), np.full((64, 64), 9, np.uint8)])
def test_pictures_without_text_are_not_flagged(image):
    assert burned_in_text("a", image, tag=None) is None


def test_the_tag_alone_flags_and_a_tag_that_says_no_is_not_believed():
    assert burned_in_text("a", tissue(), tag="YES") is not None
    assert burned_in_text("a", tissue(), tag="NO") is None
    assert burned_in_text("a", with_text(16), tag="NO") is not None
