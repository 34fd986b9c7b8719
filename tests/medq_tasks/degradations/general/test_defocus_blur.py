import numpy as np


def test_a_point_becomes_a_uniform_disc_of_the_radius(run):
    image = np.zeros((101, 101), np.float32)
    image[50, 50] = 1.0
    out = run("general.defocus_blur", image, radius=10.0 / 101).image
    y, x = np.ogrid[-50:51, -50:51]
    inside = np.hypot(y, x) < 9
    assert np.allclose(out[inside], 1 / (np.pi * 100), rtol=0.02)
    assert out[np.hypot(y, x) > 11.5].max() < 1e-6
