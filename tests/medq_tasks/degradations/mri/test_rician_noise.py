"""Rician statistics."""

import numpy as np
import pytest
from scipy import stats

from medq_tasks.degradations import apply
from medq_tasks.errors import DegradationError


def test_the_background_is_rayleigh_within_one_percent():
    result = apply("mri.rician_noise", np.zeros((512, 512), np.float32), params={"sigma": 0.05}, seed=1).image
    assert result.mean() / 0.05 == pytest.approx(1.2533, rel=0.01)
    assert result.std() / 0.05 == pytest.approx(0.6551, rel=0.01)


@pytest.mark.parametrize("signal", [0.05, 0.2, 0.5])
def test_moments_are_those_of_scipys_rice_distribution(signal):
    image = np.full((400, 400), signal, np.float32)
    result = apply("mri.rician_noise", image, params={"sigma": 0.06}, seed=1).image
    mean, variance = stats.rice.stats(signal / 0.06, scale=0.06)
    assert result.mean() == pytest.approx(mean, rel=0.01)
    assert result.var() == pytest.approx(variance, rel=0.02)


def test_the_pattern_is_the_same_at_every_severity():
    image = np.full((64, 64), 0.5, np.float32)
    fields = [apply("mri.rician_noise", image, severity=s, seed=1).image - image for s in (0.2, 0.9)]
    assert np.corrcoef(*(f.ravel() for f in fields))[0, 1] > 0.9


def test_negative_noise_is_refused():
    with pytest.raises(DegradationError, match="sigma must not be negative"):
        apply("mri.rician_noise", np.zeros((16, 16), np.float32), params={"sigma": -0.1}, seed=1)
