import numpy as np


def test_the_noise_has_the_declared_deviation_and_no_bias(run):
    image = np.full((256, 256), 0.5, np.float32)
    out = run("general.gaussian_noise", image, sigma=0.07).image
    assert np.isclose((out - image).std(), 0.07, rtol=0.02)
    assert abs((out - image).mean()) < 1e-3


def test_a_severer_image_has_the_same_noise_scaled(run):
    image = np.full((64, 64, 3), 0.5, np.float32)
    mild = run("general.gaussian_noise", image, sigma=0.02).image - image
    severe = run("general.gaussian_noise", image, sigma=0.06).image - image
    assert np.allclose(3 * mild, severe, atol=1e-5)
