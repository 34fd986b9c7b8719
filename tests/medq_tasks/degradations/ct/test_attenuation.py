"""Windows in HU and attenuation."""

import numpy as np
import pytest

from medq_tasks.degradations.ct.attenuation import MU_WATER_PER_MM, open_slice
from medq_tasks.errors import DegradationError

RAMP = np.linspace(0, 1, 40 * 30, dtype=np.float32).reshape(40, 30)


def test_water_and_air_have_their_attenuation():
    slice_ = open_slice(np.array([[0.0, 0.5, 1.0]] * 3, np.float32).repeat(4, 0), window_hu=(-1000, 1000), pixel_mm=0.8)
    assert slice_.crop(slice_.mu)[0] == pytest.approx([0, MU_WATER_PER_MM * 0.8, 2 * MU_WATER_PER_MM * 0.8])
    assert slice_.crop(slice_.hu)[0] == pytest.approx([-1000, 0, 1000], abs=1e-2)


def test_a_narrow_window_hides_air_in_its_black():
    slice_ = open_slice(RAMP, window_hu=(-160, 240), pixel_mm=1)
    hu = slice_.crop(slice_.hu)
    assert hu[0, 0] == pytest.approx(-1000)
    inside = RAMP >= 0.04
    assert np.allclose(hu[inside], -160 + 400 * RAMP[inside], atol=0.1)
    assert (np.diff(hu.ravel()) > 0).all()


def test_showing_an_unchanged_slice_gives_the_image_and_adding_nothing_keeps_it():
    slice_ = open_slice(RAMP, window_hu=(-1000, 1000), pixel_mm=1)
    assert np.allclose(slice_.show(slice_.mu), RAMP, atol=1e-6)
    assert np.array_equal(slice_.add(np.zeros_like(slice_.mu)), RAMP)


def test_ten_hu_more_are_ten_parts_of_the_window():
    slice_ = open_slice(RAMP, window_hu=(-200, 300), pixel_mm=0.7)
    change = np.full_like(slice_.mu, MU_WATER_PER_MM * 0.7 * 10 / 1000)
    assert np.allclose((slice_.add(change) - RAMP)[RAMP < 0.97], 10 / 500, atol=1e-6)


def test_the_square_has_an_even_side_and_air_round_the_image():
    slice_ = open_slice(np.ones((21, 10), np.float32), window_hu=(-1000, 1000), pixel_mm=1)
    assert slice_.side == 22
    assert slice_.mu[:, 0].max() == 0 and slice_.crop(slice_.mu).shape == (21, 10)


def test_a_close_up_is_not_taken_for_a_whole_body():
    full = open_slice(np.ones((64, 64), np.float32), window_hu=None, pixel_mm=None)
    assert full.mu.sum(0).max() == pytest.approx(MU_WATER_PER_MM * 280, rel=1e-3)
    assert set(full.assumed) >= {"window_hu", "pixel_mm"}


@pytest.mark.parametrize("window", [(1, 1), (5, -5), (1, 2, 3)])
def test_an_empty_window_is_refused(window):
    with pytest.raises(DegradationError, match="two rising numbers"):
        open_slice(RAMP, window_hu=window, pixel_mm=1)
