"""The concluding level of a description, as models really write it."""

from __future__ import annotations

import pytest

from judges.rules.grade import grade_distance, read_grade

PUBLISHED = "Overall, the quality of this image is "
CASES = [
    (PUBLISHED + "good.", "good", "published"),
    (PUBLISHED + "usable", "usable", "published"),
    (PUBLISHED + "reject.", "reject", "published"),
    (PUBLISHED + "**reject**.", "reject", "published"),
    (PUBLISHED + "[usable].", "usable", "published"),
    (PUBLISHED + '"good".', "good", "published"),
    (PUBLISHED + "rejected.", "reject", "published"),
    ("Good contrast. Sharp. " + PUBLISHED + "reject.", "reject", "published"),
    (PUBLISHED + "good. This holds despite slight noise.", "good", "published"),
    ("Overall, the image quality is good.", "good", "stated"),
    ("Overall, the quality is usable but not optimal.", "usable", "stated"),
    ("Overall, the image is usable but limited by noise.", "usable", "stated"),
    ("Overall, the image quality is poor and judged as reject.", "reject", "stated"),
    ("Due to the severity of these distortions, the overall image quality is reject.", "reject", "stated"),
    ("While a few landmarks remain visible, the image quality overall is reject.", "reject", "stated"),
    ("Conclusion: usable", "usable", "stated"),
    ("Quality: Reject", "reject", "stated"),
    ("The image should be rejected; its quality does not allow reading.", "reject", "stated"),
    ("Overall the image is unusable.", "reject", "stated"),
    ("Overall the image is not usable.", "reject", "stated"),
    ("Overall, usable rather than good.", "usable", "stated"),
    ("Overall, it is usable, not reject.", "usable", "stated"),
    ("I would rate this image as good quality.", "good", "stated"),
    ("The image has good contrast. Overall, the quality is reject.", "reject", "stated"),
    ("Overall, the image is of low quality and not reliable for diagnostic purposes.", "reject", "synonym"),
    ("Overall, the image quality is excellent.", "good", "synonym"),
    ("Overall, the image quality is acceptable.", "usable", "synonym"),
    ("Overall, the image quality is unacceptable.", "reject", "synonym"),
    ("Overall, the image quality is poor.", "reject", "synonym"),
    (PUBLISHED + "[good/usable/reject].", None, "ambiguous"),
    (PUBLISHED + "good/usable/reject", None, "ambiguous"),
    (PUBLISHED + "good or usable.", None, "ambiguous"),
    (PUBLISHED + "usable, bordering on good.", "usable", "published"),
    (PUBLISHED + "Usable.\n\nNote: no reject criteria met.", "usable", "published"),
    ("The image quality is insufficient for diagnosis.", "reject", "synonym"),
    ("Overall, the quality is between usable and reject.", None, "ambiguous"),
    ("Overall, good or usable.", None, "ambiguous"),
    ("The edges are blurred. Noise is high.", None, "no_conclusion"),
    ("This is a CT scan of the liver.", None, "no_conclusion"),
    ("The overall contrast shows good detail.", None, "no_conclusion"),
]


@pytest.mark.parametrize(("text", "level", "rule"), CASES)
def test_the_concluding_level_is_read(text: str, level: str | None, rule: str) -> None:
    grade = read_grade(text)
    assert (grade.level, grade.rule) == (level, rule)


def test_a_good_in_the_reasoning_is_not_the_conclusion() -> None:
    assert read_grade(
        "Soft tissue contrast is good. Noise is severe. Overall, the quality of this image is reject."
    ).level == ("reject")


@pytest.mark.parametrize(("one", "other", "steps"), [("good", "good", 0), ("usable", "good", 1), ("reject", "good", 2)])
def test_levels_are_ordered(one: str, other: str, steps: int) -> None:
    assert grade_distance(one, other) == grade_distance(other, one) == steps
