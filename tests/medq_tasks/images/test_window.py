from __future__ import annotations

import numpy as np
import pytest

from medq_tasks.errors import ImageError, InputError
from medq_tasks.images import Window
from medq_tasks.images.window import declared_bounds, to_eight_bits


@pytest.mark.parametrize(
    ("text", "window"),
    [("dicom", Window("dicom")), (" MinMax ", Window("minmax")), ("full", Window("full")),
     ("-160,240", Window("range", -160, 240)), ("0.5, 1e3", Window("range", 0.5, 1000))],
)  # fmt: skip
def test_every_form_of_the_config_key_is_read(text: str, window: Window) -> None:
    assert Window.parse(text) == window


@pytest.mark.parametrize("text", ["", "auto", "1", "1,2,3", "2,1", "1,1", "nan,1", "0,inf", "a,b"])
def test_other_texts_are_refused_with_the_key_named(text: str) -> None:
    with pytest.raises(InputError, match=r"data\.window: expected"):
        Window.parse(text)


def test_the_ends_become_black_and_white_and_what_lies_outside_is_clipped() -> None:
    values = np.array([-2000, -160, 40, 240, 3000], np.int16)
    np.testing.assert_array_equal(to_eight_bits(values, -160, 240), [0, 0, 128, 255, 255])


def test_a_full_range_of_bytes_is_the_identity() -> None:
    levels = np.arange(256, dtype=np.uint8)
    np.testing.assert_array_equal(to_eight_bits(levels, 0, 255), levels)


def test_nan_is_black_and_an_empty_window_is_a_threshold() -> None:
    np.testing.assert_array_equal(to_eight_bits(np.array([np.nan, 1.0]), 0, 1), [0, 255])
    np.testing.assert_array_equal(to_eight_bits(np.array([1, 2, 3]), 2, 2), [0, 0, 255])


def test_bounds_follow_the_window_and_the_type() -> None:
    values = np.array([[5, 900]], np.uint16)
    assert declared_bounds(values, Window("minmax"), "x") == (5, 900, "minmax")
    assert declared_bounds(values, Window("full"), "x") == (0, 65535, "full")
    assert declared_bounds(values, Window("range", 1, 2), "x") == (1, 2, "range")
    assert declared_bounds(np.array([np.nan, 1, np.inf]), Window("minmax"), "x") == (1, 1, "minmax")


@pytest.mark.parametrize("window", [None, Window("dicom"), Window("full")])
def test_without_a_window_that_fits_the_image_and_the_key_are_named(window: Window | None) -> None:
    with pytest.raises(ImageError, match=r"scan\.tif: expected a declared window for float32 values.*data\.window"):
        declared_bounds(np.zeros((2, 2), np.float32), window, "scan.tif")
