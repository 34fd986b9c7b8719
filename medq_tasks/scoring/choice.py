"""From the response to a multiple-choice question to its outcome."""

from __future__ import annotations

from dataclasses import dataclass

from medq_tasks.answers import Reading, is_outage, read_answer
from medq_tasks.item import Item
from medq_tasks.scoring.scored import State


@dataclass(frozen=True, slots=True)
class ChoiceOutcome:
    """What one response is worth.

    `prediction` is the letter that was read; `correct` whether it is the gold one; both None unless `state` is
    "scored". `rule` names what was recognised, `span` where in the response.
    """

    state: State
    prediction: str | None
    correct: bool | None
    rule: str
    span: tuple[int, int] | None = None


def score_choice(item: Item, response: str | None, *, finish_reason: str | None = None) -> ChoiceOutcome:
    """The outcome of `response` to `item`.

    A response that is missing (None, or empty without a finish reason, as a file of answers holds it) and the text
    that another framework stores for a failed call are errors: the machinery failed, not the model.
    """
    missing = response is None or (not response.strip() and finish_reason is None)
    if missing or is_outage(response or ""):
        return ChoiceOutcome("error", None, None, "no_response")
    reading: Reading = read_answer(response or "", item.options, finish_reason=finish_reason)
    correct = None if reading.letter is None else reading.letter == item.answer
    return ChoiceOutcome(reading.state, reading.letter, correct, reading.rule, reading.span)
