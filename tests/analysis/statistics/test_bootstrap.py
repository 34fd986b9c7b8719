"""The clustered interval agrees with scipy where clusters are single items, and widens where they are not."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import bootstrap

from analysis.statistics import clustered_bootstrap


def drawn(n: int, *, seed: int = 3) -> np.ndarray:
    return np.random.default_rng(seed).choice([-1.0, 0.0, 1.0], size=n, p=[0.1, 0.7, 0.2])


def test_single_items_agree_with_scipys_bootstrap_of_the_mean() -> None:
    values = drawn(300)
    outside = bootstrap((values,), np.mean, rng=np.random.default_rng(0), method="BCa").confidence_interval
    own = clustered_bootstrap(values, range(300))
    assert own.mean == pytest.approx(values.mean())
    assert (own.low, own.high) == pytest.approx((outside.low, outside.high), abs=0.006)


def test_answers_that_repeat_within_a_cluster_are_worth_one() -> None:
    values = drawn(100)
    single = clustered_bootstrap(values, range(100))
    repeated = clustered_bootstrap(np.repeat(values, 5), np.repeat(np.arange(100), 5).tolist())
    naive = clustered_bootstrap(np.repeat(values, 5), range(500))
    assert repeated.clusters == 100
    assert repeated.high - repeated.low == pytest.approx(single.high - single.low, rel=0.05)
    assert naive.high - naive.low < 0.6 * (repeated.high - repeated.low)


def test_its_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    rng = np.random.default_rng(11)
    hits = 0
    for _ in range(100):
        rates = rng.beta(4, 3, size=60)
        values = (rng.random((60, 3)) < rates[:, None]).astype(float).ravel()
        found = clustered_bootstrap(values, np.repeat(np.arange(60), 3).tolist(), resamples=499)
        hits += found.low <= 4 / 7 <= found.high
    assert 88 <= hits <= 100


def test_the_mean_is_over_items_and_not_over_clusters() -> None:
    assert clustered_bootstrap([1.0, 1.0, 1.0, 0.0], ["a", "a", "a", "b"], resamples=99).mean == 0.75


def test_the_same_arguments_give_the_same_interval() -> None:
    assert clustered_bootstrap(drawn(50), range(50)) == clustered_bootstrap(drawn(50), range(50))


def test_one_cluster_has_no_interval_and_agreement_has_no_width() -> None:
    assert math.isnan(clustered_bootstrap([1.0, 0.0], ["a", "a"]).low)
    agreed = clustered_bootstrap([0.0, 0.0, 0.0], ["a", "b", "c"])
    assert (agreed.mean, agreed.low, agreed.high) == (0.0, 0.0, 0.0)


def test_no_values_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        clustered_bootstrap([], [])
