"""Curves of whole groups over severity."""

from collections.abc import Callable
from typing import Any

import pytest

from medq_tasks.calibration import Measured, severity_curves

Voted = Callable[..., Measured]


def triple(voted: Voted, source: str, votes: tuple[str, str, str], **axes: Any) -> list[Measured]:
    """A clean question and its two degraded copies."""
    clean = voted(votes[0], source=source, severity="L0", modality=axes["modality"])
    return [clean, *(voted(votes[n], source=source, severity=f"L{n}", **axes) for n in (1, 2))]


CT: dict[str, Any] = {"modality": "ct", "degradation": "low_dose", "degradation_category": "noise"}
MRI: dict[str, Any] = {"modality": "mri", "degradation": "ghosting_artifact", "degradation_category": "artifacts"}


def test_a_group_is_followed_over_the_three_severities(voted: Voted) -> None:
    items = [
        *triple(voted, "1", ("AAAA", "AABB", "BBBB"), **CT),
        *triple(voted, "2", ("AAAA", "AAAA", "AABB"), **CT),
        *triple(voted, "3", ("BBBB", "BBBB", "BBBB"), **MRI),
    ]
    curves = {(curve.axis, curve.value): curve for curve in severity_curves(items)}
    assert list(curves) == [
        (None, None), ("modality", "ct"), ("modality", "mri"), ("degradation_category", "artifacts"),
        ("degradation_category", "noise"),
    ]  # fmt: skip
    ct = curves["modality", "ct"]
    assert ct.n == 2
    assert [point.value for point in ct.accuracy] == [1.0, 0.75, 0.25]
    assert [point.value for point in ct.confidence] == [1.0, pytest.approx(0.75), pytest.approx(0.75)]
    assert [point.value for point in ct.calibration_shift] == [0.0, pytest.approx(0.0), pytest.approx(0.5)]
    assert [point.value for point in curves[None, None].accuracy] == [
        pytest.approx(value) for value in (2 / 3, 1 / 2, 1 / 6)
    ]


def test_a_clean_question_counts_once_for_each_of_its_degradations(voted: Voted) -> None:
    other = CT | {"degradation": "metal_artifact", "degradation_category": "artifacts"}
    items = [
        *triple(voted, "1", ("AAAA", "AAAA", "AAAA"), **CT),
        *triple(voted, "1", ("AAAA", "BBBB", "BBBB"), **other)[1:],
        *triple(voted, "2", ("BBBB", "BBBB", "BBBB"), **CT),
    ]
    whole = severity_curves(items)[0]
    assert [point.n for point in whole.accuracy] == [3, 3, 3]
    assert whole.accuracy[0].value == pytest.approx(2 / 3)


def test_the_interval_is_over_clean_images_and_absent_for_one(voted: Voted) -> None:
    one = severity_curves(triple(voted, "1", ("AAAA", "AABB", "BBBB"), **CT))[0]
    assert {point.ci95 for point in one.accuracy} == {None}
    many = [
        item for n in range(30) for item in triple(voted, f"{n}", ("AAAA", "AABB", "BBBB" if n % 3 else "AAAA"), **CT)
    ]
    low, high = severity_curves(many)[0].accuracy[2].ci95 or (0, 0)
    assert 0.1 < low < 1 / 3 < high < 0.6


def test_a_question_without_all_three_severities_draws_nothing(voted: Voted) -> None:
    assert severity_curves(triple(voted, "1", ("AAAA", "AABB", "BBBB"), **CT)[:2]) == []
