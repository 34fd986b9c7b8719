"""Fitting the thresholds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medq.models.iqa.attributes import attributes
from medq.models.iqa.fit import Groups, Measured, border, divide, fit
from medq.models.iqa.statistics import STATISTICS

numbers = st.lists(st.floats(-100, 100), min_size=1, max_size=8)


def test_the_border_is_the_middle_of_the_widest_gap_between_separable_groups() -> None:
    assert border([1, 2], [6, 9]) == 4


def test_groups_that_overlap_are_divided_where_fewest_are_wrong_on_balance() -> None:
    assert border([1, 2, 3, 7], [5, 8, 9]) == 4


@given(numbers, numbers, numbers)
def test_borders_are_always_in_order(none: list[float], mild: list[float], severe: list[float]) -> None:
    rising = divide(Groups(none, mild, severe), 1)
    assert rising.typical <= rising.mild <= rising.severe
    falling = divide(Groups(none, mild, severe), -1)
    assert falling.typical >= falling.mild >= falling.severe


def image(level: str, noise: float) -> Measured:
    statistics = dict.fromkeys(STATISTICS, 0.0) | {"noise": noise}
    lacks = frozenset(attributes()) if level == "none" else frozenset[str]()
    return Measured(statistics, "mri", None if level == "none" else "noise", level, lacks)


def test_an_attribute_is_fitted_from_its_own_images_and_others_keep_what_was_set_by_hand() -> None:
    images = [image("none", 1), image("none", 2), image("mild", 8), image("severe", 20), image("severe", 30)]
    fitted = fit(images, version="v", date="2026-01-01")
    limit = fitted.attributes["noise"]["noise"]
    assert (limit.typical, limit.mild, limit.severe) == (1.5, 5, 14)
    assert fitted.counts == {"noise": (2, 1, 2)}
    assert "blur" not in fitted.attributes
    assert fitted.attributes["speckle"]["speckle"].mild == attributes()["speckle"].by_hand["speckle"][1]
    assert fitted.overall.mild == pytest.approx(1, abs=1)
