"""Sentences and clauses: the reach of words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judges.rules.clauses import LONGEST_CLAUSE_CHARACTERS, clauses, plain, sentences


def test_decimal_points_end_no_sentence() -> None:
    assert sentences("SNR is 2.5 dB. Overall, good.") == ["SNR is 2.5 dB.", "Overall, good."]


def test_markdown_and_bullets_are_taken_off() -> None:
    assert sentences("## Noise\n- **Low** `noise`\n> quoted\n1. First") == ["Noise", "Low noise", "quoted", "First"]


def test_typographic_quotes_and_dashes_become_plain() -> None:
    assert plain("isn’t “sharp” – blurred") == 'isn\'t "sharp" - blurred'


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("It is sharp, but noise is high", ["It is sharp", "but noise is high"]),
        ("It is sharp whereas the other is not", ["It is sharp", "whereas the other is not"]),
        ("No noise, and the contrast is good", ["No noise", "and the contrast is good"]),
        ("It is blurred, which hides detail", ["It is blurred", "which hides detail"]),
        ("no noise, blur or aliasing", ["no noise, blur or aliasing"]),
        ("motion-free", ["motion-free"]),
    ],
)
def test_a_sentence_is_cut_where_the_reach_of_a_word_ends(sentence: str, parts: list[str]) -> None:
    assert clauses(sentence) == parts


@given(st.sampled_from(("noise ", "\n", "a-", "noise", "the first image ")), st.integers(1, 2000))
def test_a_model_that_repeats_itself_gives_bounded_clauses(word: str, times: int) -> None:
    found = [clause for sentence in sentences(word * times) for clause in clauses(sentence)]
    assert all(len(clause) <= LONGEST_CLAUSE_CHARACTERS for clause in found)
    assert "".join("".join(found).split()) == "".join((word * times).split())
