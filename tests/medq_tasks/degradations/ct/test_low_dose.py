"""Low-dose noise in the image."""

import numpy as np
import pytest

from medq_tasks.degradations import apply

WATER = {"window_hu": [-1000, 1000], "pixel_mm": 1.0}


@pytest.fixture(scope="module")
def water():
    y, x = np.mgrid[:128, :128] - 64
    return (np.clip(45 - np.hypot(x, y) + 0.5, 0, 1) / 2).astype(np.float32)


def _noise(image, photons, **params):
    result = apply("ct.low_dose", image, params={**WATER, "photons": photons, "views": 180, **params}, seed=3)
    return float((result.image - image)[50:78, 50:78].std())


def test_noise_rises_with_one_over_the_root_of_the_dose_within_5_percent(water):
    scaled = [_noise(water, photons, electronic_noise=0.0) * np.sqrt(photons) for photons in (1e6, 1e5, 1e4)]
    assert np.ptp(scaled) < 0.05 * np.mean(scaled)


def test_electronic_noise_makes_it_rise_faster(water):
    few = _noise(water, 2e3, electronic_noise=20.0)
    assert few > 1.1 * _noise(water, 2e3, electronic_noise=0.0)


def test_the_middle_of_a_body_is_noisier_than_its_rim(water):
    result = apply("ct.low_dose", water, params={**WATER, "photons": 1e4, "views": 180}, seed=3)
    error = result.image - water
    radius = np.hypot(*(np.mgrid[:128, :128] - 64))
    assert error[radius < 12].std() > 1.15 * error[(radius > 36) & (radius < 43)].std()


def test_the_noise_has_the_same_pattern_at_every_dose(water):
    fields = [
        apply("ct.low_dose", water, params={**WATER, "photons": photons, "views": 180}, seed=3).image - water
        for photons in (1e6, 3e4)
    ]
    assert np.corrcoef(*(field[40:88, 40:88].ravel() for field in fields))[0, 1] > 0.98


def test_a_close_up_of_known_scale_counts_the_body_around_it(slices):
    told = {"window_hu": [-500, 500], "pixel_mm": 0.5}
    close = apply("ct.low_dose", slices["spine"], level="L1", params=told, seed=1).meta
    alone = apply("ct.low_dose", slices["spine"], level="L1", params={**told, "outside_mm": 0}, seed=1).meta
    assert close.facts["outside_mm"] > 100 and "outside_mm" in close.assumed
    assert alone.facts["outside_mm"] == 0 and "outside_mm" not in alone.assumed
    assert close.psnr_db < alone.psnr_db - 5


def test_a_whole_body_in_air_has_nothing_outside(slices):
    told = {"window_hu": [-500, 500], "pixel_mm": 1.0}
    assert apply("ct.low_dose", slices["abdomen"], level="L1", params=told, seed=1).meta.facts["outside_mm"] == 0
