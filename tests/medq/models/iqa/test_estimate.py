"""From statistics to scores."""

import pytest

from medq.models.iqa.attributes import attributes
from medq.models.iqa.estimate import attribute_score, estimate, level, overall, worst
from medq.models.iqa.thresholds import Threshold, Thresholds, thresholds

HALF = Threshold(typical=0, mild=1, severe=2)


def test_the_score_of_an_attribute_is_the_mean_of_its_statistics() -> None:
    limits = {"blur": HALF, "spectral_blur": HALF}
    assert attribute_score("blur", {"blur": 1.0, "spectral_blur": 2.0}, limits) == pytest.approx(1.5)


def test_an_attribute_without_thresholds_is_not_seen() -> None:
    assert attribute_score("blur", {"blur": 9.0, "spectral_blur": 9.0}, {}) == 0


def test_every_attribute_gets_a_score() -> None:
    statistics = dict.fromkeys(("noise", "blur"), 0.0)
    limits = {"noise": {"noise": HALF}}
    empty = Thresholds(sample_version="", split="dev", date="", images=0, attributes=limits, overall=HALF, counts={})
    scores = estimate(statistics, empty)
    assert set(scores) == set(attributes())
    assert all(0 <= score <= 3 for score in scores.values())


def test_the_whole_is_judged_by_the_worst_attribute_of_the_modality() -> None:
    scores = dict.fromkeys(attributes(), 0.0) | {"specular_reflection": 2.5, "low_dose_noise": 1.2}
    assert worst(scores, "endoscopy") == 2.5
    assert worst(scores, "ct") == 1.2
    assert worst(scores, None) == 0
    assert overall(scores, "endoscopy", HALF) > 2


@pytest.mark.parametrize(("score", "expected"), [(0, 0), (0.99, 0), (1, 1), (1.99, 1), (2, 2), (3, 2)])
def test_levels_start_at_whole_scores(score: float, expected: int) -> None:
    assert level(score) == expected


def test_the_attributes_of_the_sample_are_fitted() -> None:
    assert len(thresholds().counts) >= 17
