"""Design effect and effective number of rows."""

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.stats import t as student

from medq_tasks.scoring import Scored, accuracy, clustered_variance, effective_n
from medq_tasks.scoring.clusters import t_quantile


def test_each_row_its_own_image_counts_in_full() -> None:
    assert effective_n([1.0, 0.0, 1.0, 1.0], list("abcd")) == 4


def test_rows_that_repeat_their_image_count_once() -> None:
    values = [1.0, 1.0, 0.0, 0.0] * 10
    clusters = [str(place // 2) for place in range(40)]
    shrink = (student.ppf(0.975, 39) / student.ppf(0.975, 19)) ** 2
    # Pairs that agree: the design effect is 2, up to the factor (n - 1) / n against (G - 1) / G.
    assert effective_n(values, clusters) == pytest.approx(20 * shrink * 40 / 39 * 19 / 20, rel=1e-9)


def test_effective_number_is_never_above_the_number_of_rows() -> None:
    # One right and one wrong answer on every image: less spread than chance, but no more rows than there are.
    assert effective_n([1.0, 0.0] * 30, [str(place // 2) for place in range(60)]) == 60


def test_where_all_rows_are_alike_the_images_count() -> None:
    assert effective_n([1.0] * 12, [str(place // 4) for place in range(12)]) == 3
    assert effective_n([1.0, 0.0, 1.0], ["a", "a", "a"]) == 1


def test_variance_is_that_of_clustered_least_squares() -> None:
    rng = np.random.default_rng(5)
    clusters = rng.integers(0, 25, 300)
    values = (rng.random(25)[clusters] < rng.random(300)).astype(float)
    fit = sm.OLS(values, np.ones(300)).fit(
        cov_type="cluster", cov_kwds={"groups": clusters, "use_correction": True, "df_correction": False}
    )
    # statsmodels scales by G/(G-1) * (n-1)/(n-k), which is G/(G-1) for a mean.
    assert clustered_variance(list(values), [str(c) for c in clusters]) == pytest.approx(fit.bse[0] ** 2, rel=1e-9)


@pytest.mark.parametrize("degrees", [1, 2, 11, 400])
def test_t_quantile_is_that_of_scipy(degrees: int) -> None:
    assert t_quantile(degrees) == pytest.approx(student.ppf(0.975, degrees), rel=1e-9)


@pytest.mark.parametrize(("images", "questions", "share"), [(12, 8, 0.6), (40, 4, 0.8), (100, 3, 0.35)])
def test_interval_holds_the_truth_in_95_of_100_runs_when_images_differ(
    images: int, questions: int, share: float
) -> None:
    rng = np.random.default_rng(images)
    runs, inside, naive = 1000, 0, 0
    for _ in range(runs):
        # A beta-binomial: every image has its own difficulty, intra-image correlation 0.2.
        own = rng.beta(share * 4, (1 - share) * 4, images)
        right = rng.random((images, questions)) < own[:, None]
        rows = [Scored("scored", bool(r), str(i)) for i in range(images) for r in right[i]]
        low, high = accuracy(rows).ci95 or (1.0, 0.0)
        inside += low <= share <= high
        low, high = accuracy([Scored("scored", row.correct, str(i)) for i, row in enumerate(rows)]).ci95 or (1.0, 0.0)
        naive += low <= share <= high
    assert 0.93 <= inside / runs <= 0.985
    assert naive < inside - 0.02 * runs
