"""What the server answers."""

from __future__ import annotations

import json
import re

import pytest

from medq.faultserver.answering import answer_for
from medq.faultserver.prompt import Prompt, make_prompt

QUESTION = "What is seen?\nA. blur\nB. noise\nC. streaks"


def prompt(text: str, **extra: object) -> Prompt:
    return make_prompt(model="m", texts=[text], images=[], **extra)  # type: ignore[arg-type]


def test_the_letter_is_one_of_the_options_and_stays_the_same() -> None:
    answers = {answer_for(prompt(f"Question {n}\n{QUESTION}")) for n in range(50)}
    assert answers == {"A", "B", "C"}
    assert answer_for(prompt(QUESTION)) == answer_for(prompt(QUESTION))


def test_another_image_can_change_the_letter() -> None:
    answers = {answer_for(make_prompt(model="m", texts=[QUESTION], images=[f"image {number}"])) for number in range(20)}
    assert len(answers) == 3


def test_a_judge_gets_a_score() -> None:
    scores = {
        answer_for(prompt(f"{n} Please only provide the result in the following format: Score:")) for n in range(30)
    }
    assert scores == {"Score: 0", "Score: 1", "Score: 2"}


def test_a_description_ends_in_the_asked_conclusion() -> None:
    said = answer_for(prompt('Conclude with "Overall, the quality of this image is [good/usable/reject]".'))
    assert re.search(r"Overall, the quality of this image is (good|usable|reject)\.$", said)
    assert re.search(
        r"(first|second) image has higher quality", answer_for(prompt("Conclude with which image has higher quality."))
    )


@pytest.mark.parametrize("number", range(5))
def test_a_schema_is_followed(number: int) -> None:
    schema = {
        "type": "object",
        "properties": {
            "score": {"type": "integer", "enum": [0, 2]},
            "why": {"type": "string"},
            "sure": {"type": "boolean"},
        },
    }
    said = json.loads(answer_for(prompt(f"{number} Score:", schema=schema)))
    assert said["score"] in (0, 2)
    assert isinstance(said["why"], str)
    assert isinstance(said["sure"], bool)
