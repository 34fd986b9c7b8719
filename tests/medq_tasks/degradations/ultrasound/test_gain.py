import numpy as np
import pytest

from medq_tasks.errors import DegradationError


def test_decibels_become_grey_by_the_dynamic_range(run):
    image = np.full((100, 100), 0.5, np.float32)
    for direction, sign in (("over", 1), ("under", -1)):
        out = run("ultrasound.gain", image, error_db=12.0, direction=direction, dynamic_range_db=60.0).image
        assert np.isclose((out - image).mean(), sign * 0.2, atol=1e-4)
        assert np.isclose(np.ptp((out - image)[:, 0]), 0.2 * 0.8, atol=0.01)  # the depth tilt of 0.4 each way


def test_too_much_gain_saturates(run, noise_image):
    assert (run("ultrasound.gain", noise_image, 1.0, direction="over").image == 1).any()


def test_an_unknown_direction_is_refused(run, noise_image):
    with pytest.raises(DegradationError, match="direction must be one of"):
        run("ultrasound.gain", noise_image, direction="up")
