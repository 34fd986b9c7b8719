from pathlib import Path

import numpy as np
import pytest

from medq_tasks.construction.source import Source
from medq_tasks.construction.windowing import declared, show
from medq_tasks.degrading.opened import Opened
from medq_tasks.errors import ImageError


def opened(stored: np.ndarray, **known) -> Opened:
    return Opened(Path("a"), "dicom", stored, **known)


def declaring(window: str | None = None, **known) -> Source:
    return Source(path="a", window=window, **known)


def test_a_hu_window_maps_its_ends_to_black_and_white():
    ct = opened(np.array([[864, 1024, 1264]], np.uint16), slope=1.0, intercept=-1024.0)
    picture = show(ct, ct.stored, declared(ct, declaring("-160,240")), "png8")
    assert picture.tolist() == [[0, 102, 255]]


def test_deep_values_without_a_declared_window_are_refused():
    with pytest.raises(ImageError, match="expected a window"):
        declared(opened(np.zeros((2, 2), np.uint16)), declaring())
    with pytest.raises(ImageError, match="`dicom`"):
        declared(opened(np.zeros((2, 2), np.uint16)), declaring("dicom"))


def test_eight_bits_stay_what_they_are_and_monochrome1_is_inverted():
    stored = np.array([[0, 100, 255]], np.uint8)
    assert np.array_equal(show(opened(stored), stored, declared(opened(stored), declaring()), "png8"), stored)
    inverted = opened(stored, inverted=True)
    assert show(inverted, stored, None, "png8").tolist() == [[255, 155, 0]]


def test_rgb8_has_three_equal_channels_and_png16_all_levels():
    deep = opened(np.arange(65536, dtype=np.uint16).reshape(256, 256), limits=(0.0, 65535.0))
    bounds = declared(deep, declaring("full"))
    assert np.array_equal(show(deep, deep.stored, bounds, "png16"), deep.stored)
    rgb = show(deep, deep.stored, bounds, "rgb8")
    assert rgb.shape == (256, 256, 3) and np.array_equal(rgb[..., 0], rgb[..., 2])


def test_white_may_be_a_percentile_above_a_black_of_zero():
    stored = np.arange(101, dtype=np.uint16)[None]
    assert declared(opened(stored), declaring(white_percentile=80)) == (0.0, 80.0, "percentile")
