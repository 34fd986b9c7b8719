"""The answer to a MedQ-Deg question, with or without a stated confidence."""

from __future__ import annotations

from medq_tasks.calibration.stated import without_confidence
from medq_tasks.item import Item
from medq_tasks.scoring.choice import ChoiceOutcome, score_choice


def score(item: Item, response: str | None, *, finish_reason: str | None = None) -> ChoiceOutcome:
    """The outcome of `response` to `item`, read as every multiple-choice answer is; a confidence line is no answer."""
    answer = None if response is None else without_confidence(response)
    return score_choice(item, response if answer is None else answer, finish_reason=finish_reason)
