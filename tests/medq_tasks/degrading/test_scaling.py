"""Stored values and the unit range."""

import numpy as np
import pytest

from medq_tasks.degrading.scaling import Scale, extremes, used_bits

STORED = np.array([[-1024, -200], [40, 3000]], np.int16)
WINDOW = Scale(-160.0, 240.0, -32768.0, 32767.0, "given")


def test_values_outside_the_window_keep_their_distance():
    clean = WINDOW.to_unit(STORED)
    assert clean.tolist() == [[0, 0], [0.5, 1]]
    assert np.array_equal(WINDOW.to_stored(STORED, clean, clean), STORED)
    brighter = WINDOW.to_stored(STORED, clean, clean + np.float32(0.1))
    assert (brighter - STORED).tolist() == [[40, 40], [40, 40]]


def test_stored_values_stay_within_what_can_be_stored():
    scale = Scale(0.0, 4095.0, 0.0, 4095.0, "file")
    stored = np.array([[10, 4000]], np.uint16)
    clean = scale.to_unit(stored)
    assert scale.to_stored(stored, clean, clean + 0.5).tolist() == [[2057, 4095]]
    assert scale.to_stored(stored, clean, clean - 0.5).tolist() == [[0, 1952]]


def test_an_inverted_image_is_bright_where_its_values_are_low():
    scale = Scale(255.0, 0.0, 0.0, 255.0, "file")
    stored = np.array([[0, 255]], np.uint8)
    assert scale.to_unit(stored).tolist() == [[1, 0]]
    assert scale.to_stored(stored, scale.to_unit(stored), np.float32([[0.9, 0.2]])).tolist() == [[26, 204]]


@pytest.mark.parametrize(("top", "white"), [(3, 255), (300, 511), (4095, 4095), (65535, 65535)])
def test_the_bits_in_use_make_full_scale(top, white):
    assert used_bits(np.array([[0, top]], np.uint16)).white == white


def test_a_constant_image_has_a_scale():
    assert extremes(np.full((3, 3), 7.0), 0, 99).to_unit(np.full((3, 3), 7.0)).tolist() == [[0.0] * 3] * 3
