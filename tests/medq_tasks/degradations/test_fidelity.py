"""PSNR and SSIM beside scikit-image."""

import math

import numpy as np
import pytest

from medq_tasks.degradations.fidelity import psnr, ssim

RNG = np.random.default_rng(1)
CLEAN = RNG.random((48, 61)).astype(np.float32)
NOISY = np.clip(CLEAN + 0.1 * RNG.standard_normal(CLEAN.shape), 0, 1).astype(np.float32)


def test_psnr_agrees_with_scikit_image():
    from skimage.metrics import peak_signal_noise_ratio

    assert psnr(CLEAN, NOISY) == pytest.approx(peak_signal_noise_ratio(CLEAN, NOISY, data_range=1), abs=1e-4)


def test_ssim_agrees_with_scikit_image_in_grey_and_colour():
    from skimage.metrics import structural_similarity

    assert ssim(CLEAN, NOISY) == pytest.approx(structural_similarity(CLEAN, NOISY, data_range=1), abs=1e-5)
    clean, noisy = (np.dstack([a, a[::-1], a[:, ::-1]]) for a in (CLEAN, NOISY))
    expected = structural_similarity(clean, noisy, data_range=1, channel_axis=2)
    assert ssim(clean, noisy) == pytest.approx(expected, abs=1e-5)


def test_equal_images_have_infinite_psnr_and_ssim_one():
    assert math.isinf(psnr(CLEAN, CLEAN))
    assert ssim(CLEAN, CLEAN) == pytest.approx(1)
