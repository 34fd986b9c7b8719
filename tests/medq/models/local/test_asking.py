"""A question as lmms-eval's classes take it."""

from __future__ import annotations

from typing import Any

import pytest

from medq.models.interface import Request
from medq.models.local.picture import Picture
from medq.models.local.turn import Turn
from medq_tasks.item import Item


class Echo:
    """Stands in for a class: keeps what it is asked and answers with the prompt."""

    def __init__(self) -> None:
        self.task_dict: dict[str, Any] = {}
        self.asked: list[Any] = []

    def generate_until(self, requests: list[Any]) -> list[str]:
        context, messages, generation, number, task, split = requests[0].args
        self.asked.append((context, messages(self.task_dict[task][split][number]), generation))
        return [context.upper()]


@pytest.mark.local
def test_images_come_first_in_their_order_and_then_the_prompt() -> None:
    from medq.models.local.asking import ask

    turn = Turn(Request(Item("1", "comparison", "q", ()), "which?", ()), (Picture("one", "1"), Picture("two", "2")))
    lm = Echo()
    assert ask(lm, turn) == "WHICH?"
    ((_, messages, generation),) = lm.asked
    assert messages == [
        {
            "role": "user",
            "content": [
                {"type": "image", "url": "one"},
                {"type": "image", "url": "two"},
                {"type": "text", "text": "which?"},
            ],
        }
    ]
    assert generation["until"] == [], "without it texts would be cut at the first blank line"


@pytest.mark.local
def test_a_question_that_is_answered_is_forgotten() -> None:
    from medq.models.local.asking import SPLIT, TASK, ask

    lm = Echo()
    ask(lm, Turn(Request(Item("1", "perception", "q", ()), "which?", ())))
    assert lm.task_dict == {TASK: {SPLIT: {}}}
