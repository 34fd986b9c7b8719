"""Do the described problems support the conclusion? Computed by hand."""

from __future__ import annotations

import pytest

from judges.rules.consistency import burden, grade_consistency, margin, preference_consistency
from judges.rules.facts import Fact, Facts
from judges.rules.preference import Conclusion


def problems(*grades: int) -> dict[Fact, int]:
    return {
        Fact(name): grade for name, grade in zip(("noise", "blur", "motion", "streak", "ring"), grades, strict=False)
    }


@pytest.mark.parametrize(
    ("grades", "level", "score"),
    [
        ((0, 0, 0), "good", 2),
        ((1, 1), "good", 2),
        ((2, 2), "good", 1),
        ((3,), "good", 1),
        ((3, 3), "good", 0),
        ((0, 0), "usable", 1),
        ((1,), "usable", 2),
        ((2, 2), "usable", 2),
        ((3, 3, 3), "usable", 1),
        ((3, 3, 3, 3), "usable", 0),
        ((3, 3), "reject", 2),
        ((3,), "reject", 2),
        ((1,), "reject", 1),
        ((0, 0), "reject", 0),
        ((), "reject", 0),
    ],
)
def test_a_level_is_supported_by_its_interval_of_burden(grades: tuple[int, ...], level: str, score: int) -> None:
    assert grade_consistency(problems(*grades), level, reference={}, reference_level=None) == score


def test_the_reference_widens_the_interval_of_its_own_conclusion() -> None:
    assert grade_consistency(problems(3, 2), "good", reference=problems(3, 2), reference_level="good") == 2
    assert grade_consistency(problems(3, 2), "good", reference=problems(3, 2), reference_level="reject") == 1


def test_lost_details_do_not_count_beside_the_problem_that_caused_them() -> None:
    assert burden({Fact("noise"): 2, Fact("detail"): 3, Fact("artifact"): 2}) == 2
    assert burden({Fact("detail"): 3, Fact("artifact"): 2}) == 3
    assert burden({}) == 0


def pair(first: Facts, second: Facts) -> dict[Fact, int]:
    return {Fact(fact.attribute, "first"): grade for fact, grade in first.items()} | {
        Fact(fact.attribute, "second"): grade for fact, grade in second.items()
    }


def test_the_margin_counts_problems_against_and_praise_for_an_image() -> None:
    assert margin(pair(problems(0, 0), problems(3, 2))) == 5 + 2


@pytest.mark.parametrize(
    ("first", "second", "conclusion", "score"),
    [
        ((0,), (3,), "first", 2),
        ((0,), (3,), "second", 0),
        ((2,), (2,), "first", 1),
        ((2,), (2,), "equal", 2),
        ((0,), (3,), "equal", 0),
        ((2,), (), "first", 0),
        ((), (), "second", 1),
    ],
)
def test_a_preference_is_supported_by_the_margin(
    first: tuple[int, ...], second: tuple[int, ...], conclusion: Conclusion, score: int
) -> None:
    described = pair(problems(*first), problems(*second))
    assert preference_consistency(described, conclusion, reference={}, reference_conclusion=None) == score


def test_a_margin_as_small_as_the_reference_s_is_enough() -> None:
    described = pair(problems(2), problems(2))
    assert preference_consistency(described, "first", reference=described, reference_conclusion="first") == 2
