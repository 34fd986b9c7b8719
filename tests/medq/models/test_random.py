"""The chance baseline."""

import asyncio
from collections import Counter

import pytest

from medq.models.interface import Answer, Request
from medq.models.random import Random
from medq_tasks.images.sent import SentImage
from medq_tasks.item import Item, Option

PIXEL = SentImage(
    b"", "image/png", "0", "png", 1, 1, 8, "0", "png", bit_identical=True, lossless=True
)  # the chance baseline never opens it


def ask(requests: list[Request]) -> list[str]:
    outcomes = asyncio.run(Random(7).answer(requests))
    return [outcome.text for outcome in outcomes if isinstance(outcome, Answer)]


def choice_of(letters: str, seed: int) -> Request:
    item = Item("q", "perception", "How?", (), options=tuple(Option(letter, letter) for letter in letters))
    return Request(item, "prompt", (PIXEL,), seed=seed)


def test_the_same_seed_gives_the_same_choice() -> None:
    requests = [choice_of("ABCD", seed) for seed in range(50)]
    assert ask(requests) == ask(list(reversed(requests)))[::-1]


@pytest.mark.parametrize("letters", ["AB", "ABC", "ABDE"])
def test_every_option_shown_is_chosen_equally_often(letters: str) -> None:
    counts = Counter(ask([choice_of(letters, seed) for seed in range(3000)]))
    assert set(counts) == set(letters)
    expected = 3000 / len(letters)
    spread = (3000 / len(letters) * (1 - 1 / len(letters))) ** 0.5
    assert all(abs(count - expected) < 4.5 * spread for count in counts.values())


def test_two_images_get_a_conclusion_about_the_better_one_and_one_image_a_label() -> None:
    single = Item("r", "reasoning", "", ())
    singles = ask([Request(single, "describe", (PIXEL,), seed=seed) for seed in range(60)])
    pairs = ask([Request(single, "compare", (PIXEL, PIXEL), seed=seed) for seed in range(60)])
    assert {text.split()[-1] for text in singles} == {"good.", "usable.", "reject."}
    assert set(pairs) == {f"Overall, the {which} image has higher quality." for which in ("first", "second")}


def test_the_seed_of_a_run_is_part_of_the_identity() -> None:
    assert Random(1).identity != Random(2).identity
