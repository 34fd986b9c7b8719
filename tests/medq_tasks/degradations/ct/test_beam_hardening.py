"""Cupping."""

import numpy as np
import pytest

from medq_tasks.degradations import apply
from medq_tasks.degradations.ct.attenuation import open_slice
from medq_tasks.degradations.ct.polychromatic import materials, transmitted
from medq_tasks.degradations.ct.spectrum import Spectrum, attenuation_per_mm, narrowed, tube_spectrum

WINDOW = {"window_hu": [-1000, 1000], "pixel_mm": 1.5, "mode": "full"}


@pytest.fixture(scope="module")
def water():
    y, x = np.mgrid[:160, :160] - 80
    return (np.clip(66 - np.hypot(x, y) + 0.5, 0, 1) / 2).astype(np.float32)


def _cupping(image, width):
    result = apply("ct.beam_hardening", image, params={**WINDOW, "spectrum_width": width}, seed=1).image
    radius = np.hypot(*(np.mgrid[:160, :160] - 80))
    rim, middle = result[(radius > 54) & (radius < 60)].mean(), result[radius < 15].mean()
    return float((rim - middle) / rim)


def test_a_monochromatic_beam_cups_nothing_and_a_wider_spectrum_more(water):
    cups = [_cupping(water, width) for width in (0.0, 0.3, 0.6, 1.0)]
    assert abs(cups[0]) < 0.003
    assert cups[0] < cups[1] < cups[2] < cups[3]
    assert 0.03 < cups[3] < 0.35


def test_attenuation_over_thickness_falls_as_the_beam_hardens():
    spectrum = tube_spectrum(kvp=120, filter_mm_aluminium=2)
    thickness = np.array([1.0, 50, 100, 300])
    per_mm = -np.log(transmitted({"water": thickness.astype(np.float32)}, spectrum)) / thickness
    assert (np.diff(per_mm) < 0).all()
    mean = float((attenuation_per_mm("water", spectrum.energy_kev) * spectrum.share).sum())
    assert per_mm[0] == pytest.approx(mean, rel=0.01)


def test_one_energy_obeys_beer_and_lambert():
    paths = {"water": np.array([120.0], np.float32), "bone": np.array([20.0], np.float32)}
    expected = np.exp(-120 * attenuation_per_mm("water", 60) - 20 * attenuation_per_mm("bone", 60))
    assert transmitted(paths, Spectrum(np.array([60.0]), np.ones(1)))[0] == pytest.approx(float(expected), rel=1e-5)


def test_water_and_bone_together_attenuate_as_the_slice():
    image = np.linspace(0, 1, 400, dtype=np.float32).reshape(20, 20)
    slice_ = open_slice(image, window_hu=(-1000, 2000), pixel_mm=1)
    shares = materials(slice_)
    together = sum(shares[name] * attenuation_per_mm(name, 70) for name in shares)
    assert np.allclose(together, slice_.mu * attenuation_per_mm("water", 70) / slice_.mu_water, rtol=1e-4, atol=1e-7)
    assert shares["bone"][image < 0.38].max() == 0
    assert narrowed(tube_spectrum(kvp=80, filter_mm_aluminium=1), 0).share.sum() == pytest.approx(1)
