import numpy as np
import pytest
from scipy.stats import norm
from scipy.stats import poisson as exact

from medq_tasks.degradations.optics.photons import poisson


@pytest.mark.parametrize("expected", [5.0, 30.0, 400.0, 1e5])
def test_mean_and_variance_are_poissons(expected):
    normal = np.random.default_rng(0).standard_normal(400_000)
    counts = poisson(np.full(normal.shape, expected), normal)
    assert np.isclose(counts.mean(), expected, rtol=0.01)
    assert np.isclose(counts.var(), expected + 1 / 12, rtol=0.02)  # whole numbers add 1/12


@pytest.mark.parametrize("expected", [2.0, 7.0, 60.0, 1000.0])
def test_counts_are_the_exact_quantiles_to_within_one(expected):
    normal = np.linspace(-3.5, 3.5, 500)
    counts = poisson(np.full(500, expected), normal)
    assert np.abs(counts - exact.ppf(norm.cdf(normal), expected)).max() <= 1
