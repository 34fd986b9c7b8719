"""Facts of whole descriptions: which image each belongs to, which words a modality reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from judges.rules.facts import Fact, facts

PAPER: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("paper_examples.yaml").read_text(encoding="utf-8"))


def by_image(text: str) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for fact, grade in facts(text, paired=True).items():
        found.setdefault(str(fact.image), {})[fact.attribute] = grade
    return found


def test_the_paper_s_golden_reasoning_is_read_as_its_experts_wrote_it() -> None:
    found = {fact.attribute: grade for fact, grade in facts(PAPER["no_reference_golden"]).items()}
    assert found == {"blur": 1, "contrast": 1, "noise": 3, "resolution": 2, "metal": 3, "streak": 3, "detail": 3}


def test_the_paper_s_golden_comparison_keeps_the_two_images_apart() -> None:
    assert by_image(PAPER["comparison_golden"]) == {
        "first": {"blur": 0, "motion": 0, "detail": 0},
        "second": {"motion": 3, "blur": 3, "ghosting": 2, "detail": 3},
    }


def test_a_clause_without_a_name_speaks_of_the_image_named_last() -> None:
    assert by_image("The second image is noisy. It is also blurred.") == {"second": {"noise": 2, "blur": 2}}


def test_the_image_after_than_is_not_the_one_described() -> None:
    assert by_image("The first image is sharper than the second image.") == {"first": {"blur": 0}}


def test_both_images_share_a_fact() -> None:
    assert by_image("Both images are noisy.") == {"first": {"noise": 2}, "second": {"noise": 2}}


def test_two_images_in_one_clause_take_the_words_after_their_names() -> None:
    assert by_image("Image A is sharp and Image B is noisy.") == {"first": {"blur": 0}, "second": {"noise": 2}}


def test_headings_name_the_image_of_the_list_below() -> None:
    text = "**Image 1:**\n- Noise: low\n- Sharpness: good\n\n**Image 2:**\n- Noise: high\n"
    assert by_image(text) == {"first": {"noise": 0, "blur": 0}, "second": {"noise": 3}}


def test_a_word_of_another_modality_is_left_out() -> None:
    text = "A tissue fold and an air bubble are visible."
    assert set(facts(text, modality="histopathology")) == {Fact("fold"), Fact("bubble")}
    assert facts(text, modality="ct") == {}
    assert set(facts(text)) == {Fact("fold"), Fact("bubble")}


def test_a_text_without_quality_words_has_no_facts() -> None:
    assert facts("This is a CT scan of the abdomen.") == {}
    assert facts("") == {}


@given(st.text())
def test_no_text_breaks_the_reading(text: str) -> None:
    assert all(grade in (0, 1, 2, 3) for grade in facts(text, paired=True).values())
