import numpy as np

from medq_tasks.degradations.optics.channels import luminance, spread, tint


def test_a_colour_on_a_grey_image_is_its_luminance():
    grey, colour = np.zeros((4, 4), np.float32), np.zeros((4, 4, 3), np.float32)
    assert tint((0.2, 0.5, 0.9), colour).shape == (3,)
    assert np.isclose(tint((0.2, 0.5, 0.9), grey), 0.2126 * 0.2 + 0.7152 * 0.5 + 0.0722 * 0.9)
    assert np.isclose(luminance(np.ones((2, 2, 3), np.float32)), 1.0).all()
    assert spread(grey, colour).shape == (4, 4, 1)
