"""Blur from the power spectrum."""

import numpy as np
import pytest
from scipy.ndimage import fourier_gaussian

from medq.models.iqa.features.spectral_blur import COARSE, FINE, spectral_blur
from tests.medq.models.iqa.features.pictures import grey, white


def expected(sigma: float, side: int = 256) -> float:
    """The value for white noise under a Gaussian point spread function, from its transfer function."""
    frequency = np.hypot(np.fft.fftfreq(side)[:, None], np.fft.fftfreq(side)[None, :])
    power = np.exp(-((2 * np.pi * sigma * frequency) ** 2))
    coarse, fine = (power[(frequency >= low) & (frequency < high)].mean() for low, high in (COARSE, FINE))
    return float(np.log10(coarse / fine))


@pytest.mark.parametrize("sigma", [0.0, 0.6, 1.0, 1.4])
def test_white_noise_under_a_known_blur_has_the_value_of_its_transfer_function(sigma: float) -> None:
    blurred = np.real(np.fft.ifft2(fourier_gaussian(np.fft.fft2(white() - 0.5), sigma))) + 0.5
    assert spectral_blur(grey(blurred)) == pytest.approx(expected(sigma), abs=0.15)


def test_it_keeps_rising_until_rounding_to_8_bits_sets_a_floor() -> None:
    values = []
    for sigma in (0, 1, 2, 4):
        blurred = np.real(np.fft.ifft2(fourier_gaussian(np.fft.fft2(white() - 0.5), sigma))) + 0.5
        values.append(spectral_blur(grey(np.rint(blurred * 255) / 255)))
    assert values == sorted(values)


def test_a_constant_image_has_none() -> None:
    assert spectral_blur(grey(np.full((64, 64), 0.3))) == 0
