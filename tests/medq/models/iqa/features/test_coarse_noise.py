"""Noise of a grain wider than a pixel, in grey levels of 255."""

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter

from medq.models.iqa.features.coarse_noise import coarse_noise
from medq.models.iqa.features.noise import noise
from tests.medq.models.iqa.features.pictures import grey, white


@pytest.mark.parametrize("levels", [2.0, 8.0, 30.0])
def test_white_noise_is_measured_in_grey_levels(levels: float) -> None:
    assert coarse_noise(grey(white(sigma=levels / 255))) == pytest.approx(levels, rel=0.08)


def test_smoothed_noise_is_seen_where_the_finest_level_is_almost_blind() -> None:
    grain = gaussian_filter(np.random.default_rng(0).standard_normal((256, 256)), 1.2)
    picture = grey(0.5 + 0.05 * grain / grain.std())
    assert noise(picture) < 0.15 * 0.05 * 255
    assert coarse_noise(picture) > 3 * noise(picture)


def test_a_constant_image_has_none() -> None:
    assert coarse_noise(grey(np.full((64, 64), 0.5))) == 0
