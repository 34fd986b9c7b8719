"""FBP: exact levels, and scikit-image's filtered backprojection."""

import numpy as np
import pytest

from medq_tasks.degradations.ct.filtered_backprojection import filtered_backprojection, ramp
from medq_tasks.degradations.ct.projector import half_turn, projector
from medq_tasks.errors import DegradationError


@pytest.mark.parametrize("kernel", ["hann", "ram_lak"])
def test_levels_inside_and_outside_a_disk_are_right_within_half_a_percent(disk, kernel):
    operator = projector(256, half_turn(360))
    image = filtered_backprojection(operator, operator.forward(disk), kernel=kernel)
    assert image[100:156, 100:156].mean() == pytest.approx(1, abs=0.005)
    assert image[8:40, 8:40].mean() == pytest.approx(0, abs=0.005)
    assert image[120:136, 230:250].mean() == pytest.approx(0, abs=0.005)


def test_a_full_turn_gives_the_slice_of_a_half_turn(disk):
    half, full = projector(256, half_turn(180)), projector(256, 2 * half_turn(360))
    one = filtered_backprojection(half, half.forward(disk))
    two = filtered_backprojection(full, full.forward(disk))
    assert np.abs(one - two).max() < 0.002


def test_the_slice_agrees_with_scikit_image_iradon(disk):
    from skimage.transform import iradon, radon

    image = disk[32:224, 32:224]
    operator = projector(192, half_turn(180))
    theta = np.rad2deg(operator.angles_rad)
    theirs = iradon(radon(image, theta=theta, circle=True), theta=theta, filter_name="hann", circle=True)
    ours = filtered_backprojection(operator, operator.forward(np.ascontiguousarray(image)))
    inside = np.hypot(*(np.mgrid[:192, :192] - 96)) < 90
    assert np.sqrt(np.mean((ours - theirs)[inside] ** 2)) < 0.02


def test_the_ramp_is_the_frequency_with_a_small_value_at_zero():
    values = ramp(1024, "ram_lak")
    frequency = np.fft.rfftfreq(1024)
    assert np.abs(values[1:] - frequency[1:]).max() < 1e-3
    assert 0 < values[0] < 1 / 1024
    assert ramp(1024, "hann")[-1] == pytest.approx(0, abs=1e-6)


def test_an_unknown_kernel_is_refused():
    with pytest.raises(DegradationError, match="kernel must be one of hann, ram_lak"):
        ramp(64, "cosine")
