"""The smallest detectable difference agrees with statsmodels, and with simulated runs."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import binom, binomtest
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import proportion_effectsize

from analysis.statistics import detectable_difference, detectable_paired_difference


@pytest.mark.parametrize("n", [90, 558, 1305])
@pytest.mark.parametrize("accuracy", [0.35, 0.63, 0.8])
def test_two_separate_runs_agree_with_statsmodels(n: int, accuracy: float) -> None:
    found = detectable_difference(n, accuracy=accuracy)
    effect = proportion_effectsize(accuracy + found, accuracy)
    assert NormalIndPower().power(effect, n, 0.05, alternative="two-sided") == pytest.approx(0.80, abs=1e-6)


@pytest.mark.parametrize(("n", "discordant"), [(221, 0.4), (558, 0.3), (1305, 0.3)])
def test_paired_runs_are_told_apart_four_times_in_five(n: int, discordant: float) -> None:
    difference = detectable_paired_difference(n, discordant=discordant)
    rng = np.random.default_rng(5)
    differing = binom.rvs(n, discordant, size=2000, random_state=rng)
    won = binom.rvs(differing, 0.5 + difference / (2 * discordant), random_state=rng)
    seen = [binomtest(int(k), int(m)).pvalue < 0.05 for k, m in zip(won, differing, strict=True)]
    assert 0.72 < np.mean(seen) < 0.84  # the exact test is a little below the normal approximation


def test_more_questions_show_smaller_differences() -> None:
    found = [detectable_paired_difference(n, discordant=0.3) for n in (100, 300, 1000, 24_894)]
    assert found == sorted(found, reverse=True)


def test_too_few_questions_show_no_difference_at_all() -> None:
    assert math.isnan(detectable_paired_difference(5, discordant=0.1))
    assert math.isnan(detectable_difference(3, accuracy=0.9))


@pytest.mark.parametrize("wrong", [{"n": 0}, {"n": 10, "alpha": 0.0}, {"n": 10, "power": 1.0}])
def test_impossible_designs_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="expected n >= 1"):
        detectable_paired_difference(**wrong, discordant=0.3)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="share of discordant pairs"):
        detectable_paired_difference(10, discordant=0.0)
