"""Finish reasons carried through lmms-eval: scores as with the provider's word beside the text."""

from __future__ import annotations

import pytest

from medq_tasks.item import Item, Option
from medq_tasks.lmms.ending import with_ending, without_ending
from medq_tasks.scoring import score_choice

ITEM = Item("q1", "perception", "How noisy?", (), options=(Option("A", "none"), Option("B", "severe")), answer="B")
ENDINGS = ("stop", "length", "content_filter", "refusal", None)
TEXTS = ("B", "", "It might be severe, as the", "<think>A or B")


@pytest.mark.parametrize("finish_reason", ENDINGS)
@pytest.mark.parametrize("text", TEXTS)
def test_scores_are_those_of_the_text_with_its_finish_reason(text: str, finish_reason: str | None) -> None:
    # lmms-eval strips what it passes on.
    carried, reason = without_ending(with_ending(text, finish_reason).strip())
    assert score_choice(ITEM, carried, finish_reason=reason) == score_choice(ITEM, text, finish_reason=finish_reason)


def test_a_sound_answer_is_passed_on_as_it_is() -> None:
    assert with_ending("B", "stop") == with_ending("B", None) == "B"
    assert without_ending("B [not a mark]") == ("B [not a mark]", None)
