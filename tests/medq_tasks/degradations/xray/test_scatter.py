import numpy as np

from medq_tasks.degradations.optics.radiograph import to_intensity


def test_contrast_of_small_things_falls_to_1_over_1_plus_the_ratio(run):
    image = np.full((200, 200), 0.5, np.float32)
    image[98:102, 98:102] = 0.6
    before = 1 - to_intensity(image)[100, 100] / to_intensity(image)[100, 40]
    out = to_intensity(run("xray.scatter", image, ratio=3.0).image)
    assert np.isclose(1 - out[100, 100] / out[100, 40], before / 4, rtol=0.03)


def test_a_uniform_field_is_unchanged(run):
    image = np.full((64, 80), 0.5, np.float32)
    assert np.allclose(run("xray.scatter", image, 0.9).image, image, atol=1e-5)
