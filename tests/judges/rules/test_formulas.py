"""Completeness and preciseness, computed by hand."""

from __future__ import annotations

import pytest

from judges.rules.facts import Fact
from judges.rules.formulas import agreement_with, completeness_score, coverage, preciseness_score

NOISE, BLUR, CONTRAST, STREAK = Fact("noise"), Fact("blur"), Fact("contrast"), Fact("streak")
ARTIFACT, METAL = Fact("artifact"), Fact("metal")


def test_coverage_is_the_share_of_reference_facts_that_the_output_states() -> None:
    reference = {NOISE: 3, BLUR: 2, CONTRAST: 0, STREAK: 1}
    assert coverage({NOISE: 1, CONTRAST: 0}, reference) == 2 / 4
    assert coverage(reference, reference) == 1
    assert coverage({}, reference) == 0


def test_a_fact_stated_with_the_opposite_polarity_is_not_covered() -> None:
    assert coverage({NOISE: 0}, {NOISE: 2}) == 0


def test_the_same_fact_of_the_other_image_is_not_covered() -> None:
    assert coverage({Fact("noise", "first"): 2}, {Fact("noise", "second"): 2}) == 0


def test_artifacts_without_a_kind_are_covered_by_any_kind_but_not_the_other_way_round() -> None:
    assert coverage({STREAK: 2}, {ARTIFACT: 2}) == 1
    assert coverage({ARTIFACT: 2}, {STREAK: 2}) == 0


def test_a_reference_without_facts_has_no_coverage() -> None:
    assert coverage({NOISE: 2}, {}) is None


def test_contradictions_are_counted_over_the_output_s_facts() -> None:
    reference = {NOISE: 3, BLUR: 0, CONTRAST: 2}
    assert agreement_with({NOISE: 0, BLUR: 0, CONTRAST: 1, STREAK: 2}, reference) == 1 - 1 / 4
    assert agreement_with({NOISE: 0, BLUR: 3}, reference) == 0
    assert agreement_with({}, reference) is None


def test_a_mild_problem_that_the_other_text_does_not_see_is_no_contradiction() -> None:
    assert agreement_with({NOISE: 0}, {NOISE: 1}) == 1
    assert agreement_with({NOISE: 1}, {NOISE: 0}) == 1


def test_denying_all_artifacts_contradicts_a_reference_with_one_kind_and_the_reverse() -> None:
    assert agreement_with({ARTIFACT: 0}, {STREAK: 3}) == 0
    assert agreement_with({STREAK: 3}, {ARTIFACT: 0}) == 0
    assert agreement_with({STREAK: 0}, {METAL: 3}) == 1


@pytest.mark.parametrize(("share", "score"), [(0, 0), (0.01, 1), (0.5, 1), (0.74, 1), (0.75, 2), (1, 2)])
def test_completeness_thresholds(share: float, score: int) -> None:
    assert completeness_score(share) == score


@pytest.mark.parametrize(
    ("share", "distance", "score"),
    [(1, 0, 2), (0.9, 0, 2), (0.89, 0, 1), (0.5, 0, 1), (0.49, 0, 0), (1, 1, 1), (1, 2, 0), (0.6, 1, 1), (1, None, 2)],
)
def test_preciseness_thresholds_and_the_cap_by_the_conclusion(share: float, distance: int | None, score: int) -> None:
    assert preciseness_score(share, conclusion_distance=distance) == score
