"""Severities, levels and explicit parameters."""

import pytest

from medq_tasks.degradations import get
from medq_tasks.degradations.severity import resolve
from medq_tasks.errors import DegradationError

LOW_DOSE = "ct.low_dose"


def test_the_three_preset_scales_name_the_same_severities():
    spec = get(LOW_DOSE)
    assert len({resolve(spec, level=name).parameters["photons"] for name in ("L1", "mild", "2")}) == 1
    assert resolve(spec, level="L2").parameters == resolve(spec, level="severe").parameters


@pytest.mark.parametrize("level", ["L0", "none"])
def test_level_zero_is_the_identity(level):
    assert resolve(get(LOW_DOSE), level=level).is_identity


def test_a_parameter_overrides_the_curve_at_a_severity():
    setting = resolve(get(LOW_DOSE), level="L1", params={"photons": 123.0})
    assert setting.parameters["photons"] == 123.0
    assert setting.severity == 0.4


def test_parameters_alone_are_enough_when_they_are_complete():
    setting = resolve(get("mri.motion"), params={"translation_percent": 1.0, "rotation_deg": 2.0})
    assert setting.severity is None and not setting.is_identity


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"severity": 1.2}, r"must lie in \[0, 1\], got 1.2"),
        ({"severity": -0.1}, r"must lie in \[0, 1\]"),
        ({"severity": float("nan")}, "must be a number"),
        ({"severity": True}, "must be a number"),
        ({"severity": "0.5"}, "must be a number"),
        ({"level": "L3"}, "unknown level 'L3'; its levels are: L0, L1, L2"),
        ({"severity": 0.5, "level": "L1"}, "not both"),
        ({}, "got none of them"),
        ({"severity": 0.5, "params": {"photon": 3}}, "unknown parameter 'photon'; did you mean: photons"),
        ({"severity": 0.5, "params": {"photons": "many"}}, "must be a finite number"),
    ],
)
def test_what_cannot_be_used_gets_one_clear_line(arguments, words):
    with pytest.raises(DegradationError, match=words) as caught:
        resolve(get(LOW_DOSE), **arguments)
    assert "\n" not in str(caught.value)
