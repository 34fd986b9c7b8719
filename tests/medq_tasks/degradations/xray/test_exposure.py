import numpy as np
import pytest

from medq_tasks.errors import DegradationError


def test_under_then_over_by_the_same_stops_is_the_image_again(run, noise_image):
    light = run("xray.exposure", noise_image, stops=1.5, direction="under").image
    assert np.allclose(run("xray.exposure", light, stops=1.5, direction="over").image, noise_image, atol=1e-5)
    assert light.mean() > noise_image.mean()


def test_black_and_white_stay_and_contrast_is_lost_at_the_shoulder(run):
    ramp = np.tile(np.linspace(0, 1, 101, dtype=np.float32), (8, 1))
    out = run("xray.exposure", ramp, stops=2.5, direction="under").image[0]
    assert out[0] == 0
    assert out[-1] == 1
    assert np.diff(out)[70:].max() < 0.5 * np.diff(ramp[0]).mean()


def test_an_unknown_direction_is_refused(run, noise_image):
    with pytest.raises(DegradationError, match="direction must be one of"):
        run("xray.exposure", noise_image, direction="up")
