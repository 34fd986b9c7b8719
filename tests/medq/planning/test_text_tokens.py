"""Counting text without a tokeniser."""

from __future__ import annotations

import pytest

from medq.planning.text_tokens import text_tokens, text_tokens_at_most


@pytest.mark.parametrize("text", ["", "a", "Is this image sharp?", "σ = 2.0 µm, 256 × 256", "肺部CT"])
def test_the_bound_is_the_number_of_bytes_and_never_below_the_expectation(text: str) -> None:
    assert text_tokens_at_most(text) == len(text.encode("utf-8"))
    assert text_tokens(text) <= text_tokens_at_most(text)


def test_english_has_a_token_for_four_characters() -> None:
    assert text_tokens("x" * 400) == 100
