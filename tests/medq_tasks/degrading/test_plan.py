"""The request as it is typed."""

import doctest

import pytest

from medq_tasks.degrading import plan
from medq_tasks.degrading.plan import Plan, parse_params, parse_strengths
from medq_tasks.errors import DegradationError


def test_the_documented_examples_hold():
    assert doctest.testmod(plan).failed == 0


def test_a_whole_number_is_a_level_and_a_decimal_a_severity():
    one, number = parse_strengths("1, 1.0")
    assert (one.level, one.severity, number.level, number.severity) == ("1", None, None, 1.0)


@pytest.mark.parametrize(
    ("text", "words"), [("", "got nothing"), ("1.2", "must lie in"), ("L1,a.b", "a level or a number")]
)
def test_severities_that_cannot_be_are_refused(text, words):
    with pytest.raises(DegradationError, match=words):
        parse_strengths(text)


def test_a_parameter_without_a_value_is_refused():
    with pytest.raises(DegradationError, match="expected NAME=VALUE such as photons=1e4, got 'photons'"):
        parse_params(["photons"])


@pytest.mark.parametrize(
    ("names", "strengths", "params", "words"),
    [
        (("low_dosis",), "L1", {}, "unknown degradation"),
        (("mri.motion",), "L1", {}, "does not apply to modality 'ct'"),
        (("low_dose",), "L9", {}, "unknown level 'L9'"),
        (("low_dose",), "L1", {"photon": 3}, "unknown parameter 'photon'"),
    ],
)
def test_a_plan_that_could_never_work_is_refused_before_any_file_is_read(names, strengths, params, words):
    with pytest.raises(DegradationError, match=words):
        Plan(names, parse_strengths(strengths), seed=1, modality="ct", params=params).check()


def test_all_means_what_applies_to_the_modality():
    ids = {spec.id for spec in Plan(("all",), parse_strengths("L1"), seed=1).specs("ct")}
    assert {"ct.low_dose", "ct.metal"} <= ids and not any(id_.startswith("mri.") for id_ in ids)
