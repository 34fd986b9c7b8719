"""Photon statistics."""

import itertools

import numpy as np
import pytest
from scipy import stats

from medq_tasks.degradations.ct.counting import coupled_poisson, measured_projections

NORMAL = np.random.default_rng(0).standard_normal(400_000)


@pytest.mark.parametrize("mean", [0.02, 0.7, 5, 24.9, 25, 80, 1e3, 1e6])
def test_counts_have_the_mean_and_the_variance_of_poisson_numbers(mean):
    counts = coupled_poisson(np.full(NORMAL.shape, float(mean)), NORMAL)
    assert counts.mean() == pytest.approx(mean, rel=0.02)
    assert counts.var() == pytest.approx(mean, rel=0.03)
    assert (counts == np.rint(counts)).all() and counts.min() >= 0


@pytest.mark.parametrize("mean", [0.7, 5.0, 20.0, 40.0])
def test_counts_follow_the_poisson_distribution(mean):
    counts = coupled_poisson(np.full(NORMAL.shape, mean), NORMAL)
    k = np.arange(int(mean + 6 * np.sqrt(mean)) + 2)
    share = np.array([(counts <= value).mean() for value in k])
    assert np.abs(share - stats.poisson.cdf(k, mean)).max() < 0.004


def test_counts_rise_with_the_mean_for_the_same_random_numbers():
    ladder = [coupled_poisson(np.full(2000, mean), NORMAL[:2000]) for mean in np.geomspace(0.1, 1e5, 60)]
    assert all((low <= high).all() for low, high in itertools.pairwise(ladder))


@pytest.mark.parametrize("photons", [1e6, 1e5, 1e4, 3e3])
@pytest.mark.parametrize("line", [0.5, 2.0])
def test_the_variance_of_a_projection_is_that_of_the_model_within_3_percent(photons, line):
    sigma = 10.0
    p = measured_projections(
        np.full(200_000, line, np.float32), photons=photons, electronic_noise=sigma, rng=np.random.default_rng(4)
    )
    model = np.exp(line) / photons + sigma**2 * np.exp(2 * line) / photons**2
    assert p.var() == pytest.approx(model, rel=0.03)


def test_a_starved_ray_stays_finite():
    p = measured_projections(
        np.full(1000, 30, np.float32), photons=1e4, electronic_noise=5, rng=np.random.default_rng(4)
    )
    assert np.isfinite(p).all() and p.max() <= np.log(1e4 / 0.5) + 1e-5
