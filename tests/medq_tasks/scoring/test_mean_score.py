"""Means of judged scores."""

import numpy as np
import pytest
from scipy.stats import t as student

from medq_tasks.scoring import Scored, mean_score, wilson


def test_only_scored_rows_enter_the_mean() -> None:
    rows = [Scored("scored", 2.0, "a"), Scored("scored", 1.0, "b"), Scored("unscored", None, "c")]
    mean = mean_score([*rows, Scored("error", None, "d")])
    assert (mean.value, mean.n, mean.n_unscored, mean.n_error) == (1.5, 2, 1, 1)
    assert (mean.lower, mean.upper) == (0.75, 1.75)


def test_interval_is_students_for_independent_rows() -> None:
    values = [0.0, 1.0, 2.0, 1.0, 2.0, 2.0, 1.0, 0.0]
    mean = mean_score([Scored("scored", value, str(place)) for place, value in enumerate(values)])
    expected = student.interval(0.95, 7, loc=np.mean(values), scale=np.std(values, ddof=1) / np.sqrt(8))
    assert mean.ci95 == pytest.approx(expected, rel=1e-9)


def test_interval_stays_inside_the_range() -> None:
    mean = mean_score([Scored("scored", value, str(place)) for place, value in enumerate([2.0, 2.0, 0.0])])
    assert mean.ci95 is not None
    assert mean.ci95[0] >= 0
    assert mean.ci95[1] <= 2


def test_equal_scores_still_have_an_interval() -> None:
    mean = mean_score([Scored("scored", 2.0, str(place)) for place in range(10)])
    assert mean.ci95 == pytest.approx([2 * end for end in wilson(1.0, 10)])


def test_sum_of_four_axes_has_its_own_range() -> None:
    rows = [Scored("scored", 6.0, "a"), Scored("error", None, "b")]
    assert mean_score(rows, highest=8).upper == 7.0


def test_no_rows_have_no_value() -> None:
    assert mean_score([]).value is None
    assert mean_score([Scored("error", None, "a")]).ci95 is None
