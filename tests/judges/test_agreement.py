"""Weighted kappa against scikit-learn, and the cases in which it is not defined."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score, cohen_kappa_score, confusion_matrix, recall_score

from judges.agreement import accuracy, confusion, kappa_of, recall_by_class, weighted_kappa
from judges.errors import JudgeInputError

PAIRS = st.lists(st.tuples(st.sampled_from((0, 1, 2)), st.sampled_from((0, 1, 2))), min_size=1, max_size=60)


@given(PAIRS)
def test_kappa_equals_that_of_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    one, other = [a for a, _ in pairs], [b for _, b in pairs]
    ours = weighted_kappa(one, other, resamples=0).value
    if len({*one, *other}) == 1:
        assert ours is None
    else:
        assert ours == pytest.approx(cohen_kappa_score(one, other, labels=[0, 1, 2], weights="quadratic"))


@given(PAIRS)
def test_confusion_accuracy_and_recall_equal_those_of_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    one, other = [a for a, _ in pairs], [b for _, b in pairs]
    counts = confusion(one, other)
    assert counts.tolist() == confusion_matrix(one, other, labels=[0, 1, 2]).tolist()
    assert accuracy(counts) == pytest.approx(accuracy_score(one, other))
    theirs = recall_score(one, other, labels=[0, 1, 2], average=None, zero_division=np.nan)
    for ours, expected in zip(recall_by_class(counts), theirs, strict=True):
        assert (ours is None and np.isnan(expected)) or ours == pytest.approx(expected)


def test_kappa_by_hand() -> None:
    """O = [[2,0],[1,1]] with weights 0/1: observed 1, expected (2·1 + 2·3)/4 = 2, so 1 − 1/2."""
    assert kappa_of(np.array([[2, 0], [1, 1]])) == (0.5, None)


def test_two_constant_raters_who_agree_have_no_kappa_and_a_reason() -> None:
    kappa = weighted_kappa([2, 2, 2], [2, 2, 2])
    assert (kappa.value, kappa.ci95, kappa.reason) == (None, None, "both raters gave every item the same score")


def test_two_constant_raters_who_differ_agree_as_chance_does() -> None:
    assert weighted_kappa([2, 2], [0, 0], resamples=0).value == 0


def test_no_items_have_no_kappa_and_no_accuracy() -> None:
    assert weighted_kappa([], []).reason == "no items that both raters scored"
    assert accuracy(confusion([], [])) is None


def test_the_interval_holds_the_value_and_is_the_same_every_time() -> None:
    generator = np.random.default_rng(0)
    one = generator.integers(0, 3, 200)
    other = np.where(generator.random(200) < 0.8, one, generator.integers(0, 3, 200))
    first, second = (weighted_kappa(one.tolist(), other.tolist(), seed=1) for _ in range(2))
    assert first == second
    assert first.value is not None and first.ci95 is not None
    assert first.ci95[0] < first.value < first.ci95[1]


def test_the_interval_covers_the_true_value_about_as_often_as_it_says() -> None:
    """Raters of a known joint distribution: kappa of the table itself is the truth."""
    table = np.array([[20, 5, 0], [5, 25, 5], [0, 5, 35]])
    truth, _ = kappa_of(table)
    generator = np.random.default_rng(2)
    covered = 0
    for draw in range(200):
        counts = generator.multinomial(150, table.ravel() / table.sum()).reshape(3, 3)
        one = np.repeat([0, 1, 2], counts.sum(axis=1)).tolist()
        other = [label for row in counts for label in np.repeat([0, 1, 2], row).tolist()]
        low, high = weighted_kappa(one, other, resamples=300, seed=draw).ci95 or (1.0, -1.0)
        covered += truth is not None and low <= truth <= high
    assert 0.88 <= covered / 200 <= 0.99


@pytest.mark.parametrize(("one", "other"), [([0, 1], [0]), ([0, 3], [0, 1])])
def test_scores_that_do_not_fit_are_named(one: list[int], other: list[int]) -> None:
    with pytest.raises(JudgeInputError, match="expected"):
        confusion(one, other)
