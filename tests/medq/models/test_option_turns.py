"""Options turned round: every text behind every letter once, the gold answer nowhere."""

from __future__ import annotations

from medq.models.interface import Request
from medq.models.option_turns import turns, turns_of
from medq_tasks.item import Item, Option
from medq_tasks.perception import render

OPTIONS = (Option("A", "none"), Option("B", "mild"), Option("C", "severe"))
ITEM = Item("q1", "perception", "How noisy?", (), options=OPTIONS, answer="B", reference="mild noise")
REQUEST = Request(ITEM, render(ITEM), (), sample=2, seed=9)


def test_cyclic_shows_every_text_behind_every_letter_once() -> None:
    shown = [[option.text for option in turn.request.item.options] for turn in turns(REQUEST, render, "cyclic")]
    assert shown == [["none", "mild", "severe"], ["mild", "severe", "none"], ["severe", "none", "mild"]]


def test_a_turn_knows_whose_text_stands_behind_a_letter() -> None:
    texts = {option.letter: option.text for option in OPTIONS}
    for turn in turns(REQUEST, render, "cyclic"):
        shown = {option.letter: option.text for option in turn.request.item.options}
        assert [shown[letter] for letter in turn.request.letters] == [texts[own] for own in turn.own]


def test_prompts_are_rendered_anew_and_the_first_is_the_questions_own() -> None:
    asked = turns(REQUEST, render, "cyclic")
    assert asked[0].request.prompt == REQUEST.prompt
    assert "A. mild\nB. severe\nC. none" in asked[1].request.prompt
    assert len({turn.request.prompt for turn in asked}) == 3


def test_no_turn_carries_the_gold_answer() -> None:
    for turn in (*turns(REQUEST, render, "none"), *turns(REQUEST, render, "cyclic")):
        assert (turn.request.item.answer, turn.request.item.reference) == (None, None)
        assert (turn.request.sample, turn.request.seed, turn.request.letters) == (2, 9, ("A", "B", "C"))


def test_without_permutations_a_question_is_asked_once() -> None:
    assert [turn.own for turn in turns(REQUEST, render, "none")] == [("A", "B", "C")]
    assert (turns_of(ITEM, "none"), turns_of(ITEM, "cyclic")) == (1, 3)
