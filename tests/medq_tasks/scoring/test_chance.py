"""The analytic random-guess line."""

import random

import pytest

from medq_tasks.item import Item, Option
from medq_tasks.scoring import random_guess


def item(options: int) -> Item:
    letters = "ABCDEF"[:options]
    return Item("i", "perception", "?", (), tuple(Option(letter, letter) for letter in letters), answer="A")


def test_line_is_the_mean_of_one_over_the_number_of_options() -> None:
    assert random_guess([item(2), item(4)]) == pytest.approx(0.375)


def test_line_is_what_guessing_comes_to() -> None:
    items = [item(2), item(3), item(4), item(4)] * 5000
    draw = random.Random(3)
    right = sum(draw.choice(each.options).letter == each.answer for each in items)
    assert random_guess(items) == pytest.approx(right / len(items), abs=0.01)


def test_items_without_options_have_no_line() -> None:
    assert random_guess([]) is None
    assert random_guess([item(0)]) is None
