import numpy as np
from skimage.color import rgb2xyz

from medq_tasks.degradations.optics.tone import to_display, to_light


def test_there_and_back_is_the_same_value():
    values = np.linspace(0, 1, 4097, dtype=np.float32)
    assert np.allclose(to_display(to_light(values)), values, atol=2e-6)


def test_light_agrees_with_scikit_images_srgb():
    grey = np.linspace(0, 1, 64, dtype=np.float64)
    y = rgb2xyz(np.repeat(grey[None, :, None], 3, axis=2))[0, :, 1]
    assert np.allclose(to_light(grey.astype(np.float32)), y, atol=1e-5)


def test_light_beyond_the_full_well_is_clipped():
    assert to_display(np.float32([-0.5, 3.0])).tolist() == [0.0, 1.0]
