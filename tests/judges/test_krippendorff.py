"""Alpha on the worked example of Krippendorff (2011): 4 observers, 12 units, values missing."""

from __future__ import annotations

import pytest

from judges.krippendorff import Level, alpha

PUBLISHED = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]


@pytest.mark.parametrize(("level", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_the_published_example_gives_the_published_alpha(level: Level, published: float) -> None:
    assert alpha(PUBLISHED, level=level) == pytest.approx(published, abs=0.0005)


def test_perfect_agreement_is_one_whatever_the_gaps() -> None:
    assert alpha([[0, 1, None, 2], [0, None, 1, 2], [None, 1, 1, 2]]) == 1


def test_systematic_disagreement_is_below_zero() -> None:
    value = alpha([[0, 2, 0, 2], [2, 0, 2, 0]])
    assert value is not None and value < 0


@pytest.mark.parametrize("ratings", [[[1, 1], [1, 1]], [[1, None], [None, 2]], [[], []], []])
def test_alpha_is_undefined_without_variation_or_pairs(ratings: list[list[float | None]]) -> None:
    assert alpha(ratings) is None
