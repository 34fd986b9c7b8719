"""The closed forms agree with statsmodels, and with the search that the analysis makes on its own."""

from __future__ import annotations

import math

import pytest
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import proportion_effectsize

from analysis.statistics import detectable_difference, detectable_paired_difference
from medq_tasks.scoring.power import detectable_gain, detectable_mean_difference, detectable_paired_gain

SIZES = [40, 90, 558, 1305, 20_000]


@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("accuracy", [0.3, 0.5, 0.63])
def test_the_gain_of_two_runs_has_80_per_cent_power_by_statsmodels(n: int, accuracy: float) -> None:
    gain = detectable_gain(n, accuracy=accuracy)
    assert gain is not None
    effect = proportion_effectsize(accuracy + gain, accuracy)
    assert NormalIndPower().power(effect, n, 0.05) == pytest.approx(0.8, abs=1e-4)


@pytest.mark.parametrize("n", [5, *SIZES])
@pytest.mark.parametrize("accuracy", [0.3, 0.5, 0.63, 0.95])
def test_the_gain_is_the_one_that_the_analysis_finds(n: int, accuracy: float) -> None:
    gain, searched = detectable_gain(n, accuracy=accuracy), detectable_difference(n, accuracy=accuracy)
    assert (gain is None) == math.isnan(searched)
    assert gain is None or gain == pytest.approx(searched, rel=1e-9)


@pytest.mark.parametrize("n", [3, 5, *SIZES])
@pytest.mark.parametrize("discordant", [0.05, 0.3, 1.0])
def test_the_paired_gain_is_the_one_that_the_analysis_finds(n: int, discordant: float) -> None:
    gain = detectable_paired_gain(n, discordant=discordant)
    searched = detectable_paired_difference(n, discordant=discordant)
    assert (gain is None) == math.isnan(searched)
    assert gain is None or gain == pytest.approx(searched, rel=1e-9)


@pytest.mark.parametrize("n", SIZES)
def test_a_difference_of_means_has_80_per_cent_power_by_statsmodels(n: int) -> None:
    found = detectable_mean_difference(n, deviation=0.8)
    assert NormalIndPower().power(found / 0.8, n, 0.05) == pytest.approx(0.8, abs=1e-4)


def test_no_items_are_an_error() -> None:
    with pytest.raises(ValueError, match="n >= 1"):
        detectable_gain(0, accuracy=0.5)
