import numpy as np
import pytest

from medq_tasks.errors import DegradationError


def test_darker_scales_values_and_brighter_scales_the_negative(run, noise_image):
    assert np.allclose(run("general.brightness", noise_image, factor=0.4).image, 0.4 * noise_image)
    brighter = run("general.brightness", noise_image, factor=0.4, direction="brighter").image
    assert np.allclose(1 - brighter, 0.4 * (1 - noise_image), atol=1e-6)


def test_an_unknown_direction_is_refused(run, noise_image):
    with pytest.raises(DegradationError, match="'darker' or 'brighter', got 'up'"):
        run("general.brightness", noise_image, direction="up")
