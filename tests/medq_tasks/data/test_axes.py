from __future__ import annotations

import pytest

from medq_tasks import item
from medq_tasks.data.axes import axis_value, degradation_id

KNOWN = {
    "modality": item.MODALITIES,
    "question_type": item.QUESTION_TYPES,
    "degradation_level": item.DEGRADATION_LEVELS,
    "concern": item.CONCERNS,
    "source": item.SOURCES,
    "difficulty": item.DIFFICULTIES,
    "severity": item.SEVERITIES,
}


@pytest.mark.parametrize(("axis", "values"), KNOWN.items())
def test_every_value_of_the_item_model_is_read_as_itself(axis: str, values: tuple[str, ...]) -> None:
    assert [axis_value(axis, value) for value in values] == list(values)


@pytest.mark.parametrize(
    ("axis", "text", "value"),
    [
        ("modality", "Pathology", "histopathology"),
        ("modality", " X-ray ", "xray"),
        ("modality", "Computed_Tomography", "ct"),
        ("modality", "US", "ultrasound"),
        ("question_type", "Yes/No", "yes_or_no"),
        ("question_type", "Yes-or-No", "yes_or_no"),
        ("question_type", "HOW", "how"),
        ("degradation_level", "No degradation", "none"),
        ("degradation_level", "None", "none"),
        ("degradation_level", "L1", "mild"),
        ("concern", "Modality-specific", "modality_specific"),
        ("source", "AI-Generated", "ai_generated"),
        ("source", "Simulate", "simulated"),
        ("difficulty", "fine-grained", "fine"),
        ("severity", "mild", "L1"),
        ("severity", "2", "L2"),
        ("severity", "None", "L0"),
        ("split", "Validation", "dev"),
    ],
)
def test_usual_spellings_are_understood(axis: str, text: str, value: str) -> None:
    assert axis_value(axis, text) == value


@pytest.mark.parametrize("text", ["", "  ", "nan", "N/A", "null"])
def test_an_absent_value_is_none(text: str) -> None:
    assert axis_value("modality", text) is None


def test_none_is_a_level_but_not_a_modality() -> None:
    assert axis_value("degradation_level", "none") == "none"
    assert axis_value("modality", "none") is None


def test_an_unknown_value_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"expected one of ct, mri, .*, got 'PET'"):
        axis_value("modality", "PET")


def test_published_names_become_the_ids_of_the_files() -> None:
    assert degradation_id("Low resolution") == "downsample_artifact"
    assert degradation_id("object movement") == "random_motion_artifact"
    assert degradation_id("my own blur") == "my_own_blur"
    assert degradation_id("clean") is None
