"""The sign-flip test over clusters."""

from itertools import product

import numpy as np
import pytest
from scipy.stats import permutation_test

from analysis.statistics import mcnemar_exact, sign_flip


def test_right_and_wrong_in_clusters_of_one_is_mcnemars_exact_test() -> None:
    differences = [1] * 9 + [-1] * 2 + [0] * 20
    assert sign_flip(differences, range(31)) == mcnemar_exact(2, 9)


def test_a_cluster_counts_once_however_many_questions_it_holds() -> None:
    assert sign_flip([1] * 10, ["a"] * 10) == 1.0
    assert sign_flip([1] * 10, list("aabbccddee")) == pytest.approx(2 / 2**5)


def test_unequal_clusters_by_hand() -> None:
    # Totals 3, 2 and -1. |sum| over the eight patterns: 6, 4, 2, 0 twice each; observed 4, so 4 of 8.
    assert sign_flip([1, 1, 1, 1, 1, -1], list("aaabbc")) == 0.5


def test_shares_of_votes_agree_with_scipy() -> None:
    differences = [0.3, -0.1, 0.5, 0.2, 0.0, 0.4, -0.2, 0.1, 0.6]
    expected = permutation_test(
        (np.array(differences), np.zeros(9)),
        lambda one, other, axis: (one - other).mean(axis=axis),
        permutation_type="samples", vectorized=True, n_resamples=np.inf,
    ).pvalue  # fmt: skip
    assert sign_flip(differences, range(9)) == pytest.approx(expected)


def test_many_clusters_are_drawn_close_to_the_exact_value_and_the_same_each_time() -> None:
    totals = [0.1 * (number % 5 + 1) * (-1 if number % 3 == 0 else 1) for number in range(18)]
    sums = np.abs([np.dot(signs, totals) for signs in product((-1, 1), repeat=18)])
    exact = float((sums >= abs(sum(totals)) - 1e-9).mean())
    found = sign_flip(totals, range(18))
    assert found == sign_flip(totals, range(18))
    assert found == pytest.approx(exact, abs=4 * (exact * (1 - exact) / 9999) ** 0.5)


def test_no_difference_is_no_evidence() -> None:
    assert sign_flip([], []) == sign_flip([0.0, 0.0], "ab") == sign_flip([1 / 3, 1 / 3, -2 / 3], "aaa") == 1.0


def test_lengths_that_differ_are_refused() -> None:
    with pytest.raises(ValueError, match="expected a cluster for each difference, got 1 for 2"):
        sign_flip([1, 0], ["a"])
