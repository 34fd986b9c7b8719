"""Ghosts at N / n."""

import numpy as np
import pytest

from medq_tasks.degradations import apply
from medq_tasks.errors import DegradationError


@pytest.fixture(scope="module")
def block():
    image = np.zeros((256, 128), np.float32)
    rng = np.random.default_rng(0)
    image[116:140, 40:90] = 0.3 + 0.3 * rng.random((24, 50))
    return image


@pytest.mark.parametrize("period", [2, 4, 8])
def test_the_autocorrelation_peaks_at_lines_over_period(block, period):
    params = {"period_lines": period, "intensity": 0.8}
    ghosted = apply("mri.ghosting", block, params=params, seed=1)
    spectrum = np.abs(np.fft.fft(ghosted.image, axis=0)) ** 2
    correlation = np.fft.ifft(spectrum, axis=0).real.mean(1)
    lags = np.arange(30, 129)
    assert lags[correlation[30:129].argmax()] == 256 // period == ghosted.meta.facts["spacing_px"]


def test_each_of_two_ghosts_has_half_the_modulation_depth(block):
    ghosted = apply("mri.ghosting", block, params={"intensity": 0.5, "period_lines": 4}, seed=1).image
    for offset in (64, -64):
        ghost = np.roll(ghosted, -offset, 0)[116:140, 40:90]
        assert np.allclose(ghost, 0.25 * block[116:140, 40:90], atol=0.002)


def test_ghosts_run_along_the_chosen_axis(block):
    params = {"intensity": 0.5, "phase_axis": 1}
    change = np.abs(apply("mri.ghosting", block, params=params, seed=1).image - block)
    assert change[:100].max() < 1e-4 and change[120, :].max() > 0.1


@pytest.mark.parametrize("params", [{"intensity": 3.0}, {"intensity": 0.5, "period_lines": 1.0}])
def test_impossible_modulations_are_refused(block, params):
    with pytest.raises(DegradationError, match=r"mri\.ghosting: (intensity|period_lines) must"):
        apply("mri.ghosting", block, params=params, seed=1)
