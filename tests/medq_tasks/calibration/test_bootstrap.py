"""Intervals from resampled clusters."""

import numpy as np
import pytest

from medq_tasks.calibration.bootstrap import mean_interval


def test_the_interval_is_that_of_the_normal_theory_for_many_independent_rows() -> None:
    values = np.random.default_rng(0).random(400)
    low, high = mean_interval(list(values), range(400))  # type: ignore[misc]
    half = 1.96 * values.std(ddof=1) / 20
    assert (low, high) == (
        pytest.approx(values.mean() - half, abs=0.003),
        pytest.approx(values.mean() + half, abs=0.003),
    )


def test_copies_of_a_row_in_its_cluster_do_not_narrow_the_interval() -> None:
    values = list(np.random.default_rng(1).random(50))
    once = mean_interval(values, range(50))
    five_times = mean_interval(np.repeat(values, 5).tolist(), np.repeat(range(50), 5).tolist())
    assert five_times == pytest.approx(once)


def test_the_interval_covers_as_often_as_it_says() -> None:
    rng = np.random.default_rng(2)
    covered = 0
    for _ in range(200):
        centres = rng.random(40)
        values = np.clip(np.repeat(centres, 3) + rng.normal(0, 0.05, 120), -1, 2)
        low, high = mean_interval(values.tolist(), np.repeat(range(40), 3).tolist())  # type: ignore[misc]
        covered += low <= 0.5 <= high
    assert 0.89 <= covered / 200 <= 0.99


def test_values_that_are_all_alike_still_have_an_interval() -> None:
    low, high = mean_interval([1.0] * 10, range(10))  # type: ignore[misc]
    assert high == 1.0
    assert low == pytest.approx(0.7225, abs=1e-3)  # Wilson, 10 of 10
    assert mean_interval([-0.0] * 4, range(4), low=-1.0) is not None


def test_few_clusters_get_students_t() -> None:
    from scipy.stats import t

    values = [0.1, 0.5, 0.7, 0.9]
    low, high = mean_interval(values, "abcd")  # type: ignore[misc]
    expected = t.interval(0.95, 3, loc=np.mean(values), scale=np.std(values, ddof=1) / 2)
    assert (low, high) == (pytest.approx(max(0.0, expected[0])), pytest.approx(min(1.0, expected[1])))


def test_one_cluster_has_no_interval_and_the_draws_are_fixed() -> None:
    assert mean_interval([0.2, 0.9], ["q", "q"]) is None
    values = list(np.random.default_rng(3).random(30))
    assert mean_interval(values, range(30)) == mean_interval(values, range(30))
