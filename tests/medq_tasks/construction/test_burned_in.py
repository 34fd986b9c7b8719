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


@pytest.mark.parametrize("size", [12, 20])
@pytest.mark.parametrize("ground", [255, 190])
def test_dark_text_on_a_bright_ground_is_found_where_it_stands(size, ground):
    image = Image.fromarray((255 - tissue() // 4).astype(np.uint8))
    drawing = ImageDraw.Draw(image)
    drawing.rectangle((0, 100, 255, 150), fill=ground)
    drawing.text((20, 110), "ERIKA MUSTERMANN", fill=10, font_size=size)
    [line, *_] = text_lines(np.asarray(image))
    assert 105 <= line[0] < line[2] <= 110 + 1.5 * size
    assert line[1] >= 15 and line[3] - line[1] > 4 * size


def test_coloured_nuclei_are_no_ink():
    image = Image.new("RGB", (256, 256), (240, 225, 235))
    drawing = ImageDraw.Draw(image)
    for place in range(20):
        drawing.ellipse((10 + 12 * place, 60, 18 + 12 * place, 68), fill=(90, 40, 120))
    assert text_lines(np.asarray(image)) == ()


def test_dark_gaps_in_dark_tissue_are_no_ink():
    image = np.full((128, 256), 70, np.uint8)
    image[0, 0] = 255
    for place in range(15):
        image[50:60, 10 + 12 * place : 15 + 12 * place] = 5
    assert text_lines(image) == ()


@pytest.mark.parametrize("image", [tissue(), np.zeros((64, 64), np.uint8), np.full((64, 64), 9, np.uint8)])
def test_pictures_without_text_are_not_flagged(image):
    assert burned_in_text("a", image, tag=None) is None


def test_the_tag_alone_flags_and_a_tag_that_says_no_is_not_believed():
    assert burned_in_text("a", tissue(), tag="YES") is not None
    assert burned_in_text("a", tissue(), tag="NO") is None
    assert burned_in_text("a", with_text(16), tag="NO") is not None
