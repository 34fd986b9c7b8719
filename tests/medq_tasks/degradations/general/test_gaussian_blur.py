import numpy as np
from skimage.filters import gaussian


def test_it_is_scikit_images_gaussian_with_sigma_in_shorter_sides(run, noise_image):
    out = run("general.gaussian_blur", noise_image, sigma=3.0 / 128).image
    assert np.allclose(out, gaussian(noise_image, 3.0, mode="reflect", preserve_range=True), atol=1e-4)


def test_a_larger_picture_of_the_same_scene_is_blurred_alike(run):
    small = np.zeros((60, 60), np.float32)
    small[20:40, 20:40] = 1.0
    large = np.kron(small, np.ones((4, 4), np.float32))
    out_small = run("general.gaussian_blur", small, sigma=0.05).image
    out_large = run("general.gaussian_blur", large, sigma=0.05).image
    assert np.allclose(out_large.reshape(60, 4, 60, 4).mean(axis=(1, 3)), out_small, atol=0.02)
