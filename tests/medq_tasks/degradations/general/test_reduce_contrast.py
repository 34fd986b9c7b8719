import numpy as np


def test_the_mean_stays_and_the_deviation_shrinks_by_the_factor(run, noise_image):
    out = run("general.reduce_contrast", noise_image, contrast=0.4).image
    assert np.isclose(out.mean(), noise_image.mean(), atol=1e-5)
    assert np.isclose(out.std(), 0.4 * noise_image.std(), rtol=1e-4)
