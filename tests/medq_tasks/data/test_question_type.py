from __future__ import annotations

import pytest

from medq_tasks.data.question_type import derive_question_type
from medq_tasks.item import Option


def options(*texts: str) -> tuple[Option, ...]:
    return tuple(Option(letter, text) for letter, text in zip("ABCD", texts, strict=False))


@pytest.mark.parametrize(
    ("question", "texts", "expected"),
    [
        ("Is motion visible?", ("Yes", "No"), "yes_or_no"),
        ("How clear is it, is it readable?", ("Yes, it is.", "No."), "yes_or_no"),
        ("How severe is the noise?", ("None", "Mild", "Severe"), "how"),
        ("What artifact is visible?", ("Ring", "Streak"), "what"),
        ("Which artifact shows how metal acts?", ("Ring", "Streak"), "what"),
        ("In this image, how is the contrast?", ("Good", "Poor"), "how"),
        ("The artifact is:", ("Notice", "Yesterday"), "what"),
        ("Is the noise mild or severe?", ("Mild", "Severe"), "what"),
    ],
)
def test_the_type_follows_from_options_and_question_word(question: str, texts: tuple[str, ...], expected: str) -> None:
    assert derive_question_type(question, options(*texts)) == expected


def test_without_options_a_leading_verb_asks_for_yes_or_no() -> None:
    assert derive_question_type("Does the image show noise?", ()) == "yes_or_no"
