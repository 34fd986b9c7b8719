"""The words of questions."""

import pytest

from medq.models.iqa.lexicon import lexicon, modality_of, topic_of
from medq_tasks.construction import load_spec
from medq_tasks.construction.bank import load_bank
from medq_tasks.sample import SPEC


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Is this CT slice noisy?", "ct"),
        ("How sharp is this abdominal MRI?", "mri"),
        ("Is this chest radiograph blurred?", "xray"),
        ("Is this B-mode image dark?", "ultrasound"),
        ("Does this H&E image show folds?", "histopathology"),
        ("Is this retinal image hazy?", "fundus"),
        ("Is this colonoscopy view smeared?", "endoscopy"),
        ("Does this picture contain contact artifacts, in fact?", None),
    ],
)
def test_the_modality_is_read_from_its_words(text: str, modality: str | None) -> None:
    assert modality_of(text) == modality


@pytest.mark.parametrize(
    ("text", "modality", "attribute", "good"),
    [
        ("Is this image blurred?", None, "blur", False),
        ("How sharp is this image?", None, "blur", True),
        ("Does it suffer from a loss of sharpness?", None, "blur", False),
        ("Does it show motion blur?", None, "motion_blur", False),
        ("Did motion leave ghosts?", "mri", "motion", False),
        ("How high is the noise level?", "ct", "low_dose_noise", False),
        ("How high is the noise level?", None, "noise", False),
        ("How is the contrast?", None, "low_contrast", True),
        ("Is the contrast of this image reduced?", None, "low_contrast", False),
        ("How uniform is the illumination?", "fundus", "uneven_illumination", True),
        ("How uniform is the signal (bias field)?", "mri", "bias_field", False),
        ("Are concentric ring artifacts visible?", "ct", "ring", False),
        ("How would you rate the quality?", "ct", None, True),
        ("Should it be repeated?", "ct", None, False),
        ("Is this blurring during the scoring?", None, "blur", False),
    ],
)
def test_the_topic_is_the_longest_match(text: str, modality: str | None, attribute: str | None, good: bool) -> None:
    topic = topic_of(text, modality)
    assert (topic.attribute, topic.good) == (attribute, good)


def test_every_question_of_the_sample_is_understood() -> None:
    attributes = load_bank().attributes
    for source in load_spec(SPEC).sources:
        for key in source.attributes:
            templates = [*attributes[key].yes_or_no, *(how.question for how in attributes[key].how)]
            for template in templates:
                text = template.format(image=source.nouns[0])
                found = topic_of(text, modality_of(text)).attribute
                assert found is not None, text
                families = {attributes[name].family for name in (found, key) if name in attributes}
                assert len(families) == 1, (text, found)


def test_every_pattern_compiles_and_every_family_has_a_default() -> None:
    import re

    for family in lexicon().families.values():
        assert "any" in family.attributes
        for pattern in (*family.words, *family.good):
            re.compile(pattern)
