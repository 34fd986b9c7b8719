"""Descriptions from scores."""

from medq.models.iqa.attributes import attributes
from medq.models.iqa.describing import compare, describe, excess
from medq.models.iqa.thresholds import Threshold

WHOLE = Threshold(typical=0, mild=1, severe=2)
CLEAN = dict.fromkeys(attributes(), 0.0)


def test_a_clean_image_is_good() -> None:
    text = describe(CLEAN, WHOLE)
    assert "no noise, blur or loss of contrast" in text
    assert text.endswith("Overall, the quality of this image is good.")


def test_findings_come_with_their_strength_and_the_conclusion_follows_the_worst() -> None:
    text = describe(CLEAN | {"noise": 1.2, "blur": 2.6}, WHOLE)
    assert "severe blur and mild noise" in text
    assert text.endswith("Overall, the quality of this image is reject.")


def test_the_image_with_less_degradation_is_better_in_either_order() -> None:
    noisy = CLEAN | {"noise": 2.5}
    assert compare(CLEAN, noisy).endswith("Overall, the first image has higher quality.")
    assert compare(noisy, CLEAN).endswith("Overall, the second image has higher quality.")
    assert "The first image shows severe noise." in compare(noisy, CLEAN)


def test_the_difference_is_that_of_the_attribute_that_differs_most() -> None:
    assert excess(CLEAN | {"noise": 2.0}, CLEAN | {"blur": 0.5}) == 2.0
    assert excess(CLEAN | {"blur": 0.5}, CLEAN | {"noise": 2.0}) == 0.5
