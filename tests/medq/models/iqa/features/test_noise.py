"""Noise in grey levels of 255."""

import numpy as np
import pytest
from skimage.restoration import estimate_sigma

from medq.models.iqa.features.noise import noise
from tests.medq.models.iqa.features.pictures import disc, grey, scene, white


@pytest.mark.parametrize("levels", [2.0, 8.0, 30.0])
def test_white_noise_is_measured_in_grey_levels(levels: float) -> None:
    assert noise(grey(white(sigma=levels / 255))) == pytest.approx(levels, rel=0.04)


def test_it_agrees_with_scikit_image() -> None:
    values = scene() + white(mean=0, sigma=0.03)
    assert noise(grey(values)) == pytest.approx(
        255 * estimate_sigma(np.clip(values, 0, 1).astype(np.float32)), rel=0.01
    )


def test_the_empty_surround_does_not_dilute_it() -> None:
    values = disc() + (disc() > 0) * white(mean=0, sigma=0.04)
    assert noise(grey(values)) == pytest.approx(0.04 * 255, rel=0.1)


def test_a_constant_image_has_none() -> None:
    assert noise(grey(np.full((64, 64), 0.5))) == 0
