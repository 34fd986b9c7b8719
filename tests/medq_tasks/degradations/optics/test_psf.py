import numpy as np
import pytest
from scipy.ndimage import convolve as direct
from scipy.ndimage import gaussian_filter
from scipy.special import j1
from skimage.filters import gaussian as skimage_gaussian

from medq_tasks.degradations.optics.psf import convolve, disc, gaussian, line, path


@pytest.mark.parametrize("radius", [0.3, 1.0, 2.5, 7.3, 20.0])
def test_every_kernel_sums_to_1_and_is_centred(radius):
    for kernel in (disc(radius), line(radius, 0.7), path(np.array([-radius, radius]), np.array([0.2, -0.2]))):
        at = np.arange(kernel.shape[0]) - kernel.shape[0] // 2
        assert np.isclose(kernel.sum(), 1.0)
        assert abs((kernel.sum(axis=0) * at).sum()) < 1e-9
        assert abs((kernel.sum(axis=1) * at).sum()) < 1e-9


@pytest.mark.parametrize("radius", [4.0, 7.3, 12.0])
def test_the_first_zero_of_the_defocus_transfer_lies_at_3_83_over_2_pi_r(radius):
    kernel = disc(radius)
    at = np.arange(kernel.shape[0]) - kernel.shape[0] // 2
    frequencies = np.linspace(0.3, 1.3, 2001) * 3.8317 / (2 * np.pi * radius)
    transfer = np.array([(kernel.sum(axis=0) * np.cos(2 * np.pi * f * at)).sum() for f in frequencies])
    zero = frequencies[np.nonzero(np.diff(np.sign(transfer)))[0][0]]
    assert np.isclose(zero, 3.8317 / (2 * np.pi * radius), rtol=0.01)
    argument = 2 * np.pi * radius * frequencies
    expected = 2 * j1(argument) / argument * np.sinc(frequencies)  # times the pixel's own transfer
    assert np.allclose(transfer, expected, atol=0.01)


def test_a_line_spreads_a_point_evenly_over_its_length():
    kernel = line(9.0, 0.0)
    row = kernel[kernel.shape[0] // 2]
    assert np.allclose(kernel.sum(), row.sum())
    at = np.arange(row.size) - row.size // 2
    assert np.isclose((row * at**2).sum(), 9.0**2 / 12, rtol=0.06)


def test_convolution_agrees_with_scipys_direct_one(noise_image):
    kernel = disc(3.4)
    assert np.allclose(convolve(noise_image, kernel), direct(noise_image, kernel, mode="reflect"), atol=1e-5)


@pytest.mark.parametrize("sigma", [0.8, 4.0, 13.0, 30.0])
def test_gaussian_blur_agrees_with_scipy_and_scikit_image(sigma, noise_image):
    ours = gaussian(noise_image, sigma)
    assert np.allclose(ours, gaussian_filter(noise_image, sigma, mode="reflect", truncate=8), atol=1e-4)
    theirs = skimage_gaussian(noise_image, sigma, mode="reflect", truncate=8, preserve_range=True)
    assert np.allclose(ours, theirs, atol=1e-4)


def test_channels_are_blurred_apart(noise_image):
    colour = np.stack([noise_image, 1 - noise_image, noise_image**2], axis=-1)
    assert np.allclose(gaussian(colour, 2.0)[..., 1], gaussian(1 - noise_image, 2.0), atol=1e-6)
