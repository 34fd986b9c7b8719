"""The exact McNemar test agrees with statsmodels and scipy."""

from __future__ import annotations

import pytest
from scipy.stats import binomtest
from statsmodels.stats.contingency_tables import mcnemar

from analysis.statistics import mcnemar_exact


@pytest.mark.parametrize(("first", "second"), [(0, 1), (3, 3), (1, 9), (12, 30), (200, 260), (480, 400), (0, 40)])
def test_it_agrees_with_statsmodels(first: int, second: int) -> None:
    outside = mcnemar([[100, first], [second, 50]], exact=True).pvalue
    assert mcnemar_exact(first, second) == pytest.approx(outside, rel=1e-9)


@pytest.mark.parametrize(("first", "second"), [(700, 800), (4000, 4100), (5000, 5000)])
def test_thousands_of_discordant_pairs_agree_with_scipy(first: int, second: int) -> None:
    assert mcnemar_exact(first, second) == pytest.approx(binomtest(first, first + second).pvalue, rel=1e-6)


def test_no_discordant_pair_is_no_evidence() -> None:
    assert mcnemar_exact(0, 0) == 1.0


def test_it_does_not_matter_which_run_comes_first() -> None:
    assert mcnemar_exact(4, 17) == mcnemar_exact(17, 4)


def test_negative_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="counts of pairs"):
        mcnemar_exact(-1, 3)
