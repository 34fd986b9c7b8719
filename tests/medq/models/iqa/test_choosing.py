"""Choosing an option from the scores."""

import pytest

from medq.models.iqa.attributes import attributes
from medq.models.iqa.choosing import choose, option_level
from medq.models.iqa.lexicon import Topic
from medq.models.iqa.thresholds import Threshold
from medq_tasks.construction.bank import load_bank
from medq_tasks.item import Option

WHOLE = Threshold(typical=0, mild=1, severe=2)


def answer(question: str, texts: tuple[str, ...], **scores: float) -> str:
    options = [Option(letter, text) for letter, text in zip("ABCD", texts, strict=False)]
    return choose(question, options, dict.fromkeys(attributes(), 0.0) | scores, WHOLE).text


@pytest.mark.parametrize(
    ("question", "score", "expected"),
    [
        ("Is this image blurred?", 0.5, "No"),
        ("Is this image blurred?", 1.5, "Yes"),
        ("Is this image sharp?", 0.5, "Yes"),
        ("Is this image sharp?", 1.5, "No"),
        ("Is the blur in this image severe?", 1.5, "No"),
        ("Is the blur in this image severe?", 2.5, "Yes"),
        ("Should this image be rejected?", 1.5, "No"),
        ("Should this image be rejected?", 2.5, "Yes"),
        ("Is the quality of this image acceptable?", 1.5, "Yes"),
        ("Is the quality of this image acceptable?", 2.5, "No"),
    ],
)
@pytest.mark.parametrize("texts", [("Yes", "No"), ("No", "Yes"), ("yes", "no.")])
def test_yes_and_no_follow_the_question(question: str, score: float, expected: str, texts: tuple[str, ...]) -> None:
    assert answer(question, texts, blur=score).lower().startswith(expected.lower())


@pytest.mark.parametrize(("score", "expected"), [(0.4, "Low"), (1.4, "Moderate"), (2.4, "High")])
def test_low_noise_is_good(score: float, expected: str) -> None:
    assert answer("How high is the noise level?", ("High", "Low", "Moderate"), noise=score) == expected


@pytest.mark.parametrize(("score", "expected"), [(0.4, "High"), (1.4, "Moderate"), (2.4, "Low")])
def test_low_contrast_is_bad(score: float, expected: str) -> None:
    assert answer("How is the contrast of this image?", ("High", "Low", "Moderate"), low_contrast=score) == expected


def test_the_attribute_with_the_highest_score_is_what_the_image_suffers_from() -> None:
    texts = ("Blur", "Noise", "Low contrast", "No significant quality issue")
    assert answer("What is the main problem?", texts, noise=1.8, blur=1.2) == "Noise"
    assert answer("What is the main problem?", texts, noise=0.8, blur=0.7) == "No significant quality issue"


def test_every_scale_of_the_sample_is_read_in_order() -> None:
    attributes, bank = load_bank().attributes, load_bank().questions
    for asked in (*bank.overall, *(how for attribute in attributes.values() for how in attribute.how)):
        topic = Topic("low_contrast" if asked.scale == "contrast" else None, good=asked.scale == "contrast")
        scale = bank.scales[asked.scale]
        assert [option_level(scale[level], topic) for level in ("none", "mild", "severe")] == [0, 1, 2]  # type: ignore[index]


def test_options_that_say_nothing_still_get_an_answer() -> None:
    assert answer("How is it?", ("Purple", "Green")) == "Purple"
