"""Wilson's interval against scipy and statsmodels."""

import pytest
from scipy.stats import binomtest
from statsmodels.stats.proportion import proportion_confint

from medq_tasks.scoring import wilson

CASES = [(k, n) for n in (1, 2, 7, 30, 558, 1305) for k in sorted({0, 1, n // 3, n - 1, n})]


@pytest.mark.parametrize(("right", "n"), CASES)
def test_interval_is_that_of_scipy(right: int, n: int) -> None:
    expected = binomtest(right, n).proportion_ci(method="wilson")
    assert wilson(right / n, n) == pytest.approx((expected.low, expected.high), abs=1e-12)


@pytest.mark.parametrize(("right", "n"), CASES)
@pytest.mark.parametrize("confidence", [0.9, 0.99])
def test_interval_is_that_of_statsmodels(right: int, n: int, confidence: float) -> None:
    expected = proportion_confint(right, n, alpha=1 - confidence, method="wilson")
    assert wilson(right / n, n, confidence=confidence) == pytest.approx(expected, abs=1e-12)


def test_without_trials_every_share_is_possible() -> None:
    assert wilson(0.0, 0) == (0.0, 1.0)
