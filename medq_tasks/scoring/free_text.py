"""From the response to a request for free text to whether there is something to judge."""

from __future__ import annotations

from dataclasses import dataclass

from medq_tasks.answers import is_outage
from medq_tasks.scoring.scored import State


@dataclass(frozen=True, slots=True)
class FreeTextOutcome:
    """`state` is "scored" where a judge can score the response; otherwise `rule` says why there is nothing to judge."""

    state: State
    rule: str | None


def read_free_text(response: str | None, *, finish_reason: str | None = None) -> FreeTextOutcome:
    """The outcome of `response` before it is judged; a refusal is text like any other and goes to the judge.

    As for multiple choice, a response that is missing (None, or empty without a finish reason, as a file of answers
    holds it) and the text that another framework stores for a failed call are errors, never judged.

    >>> read_free_text("").state, read_free_text("", finish_reason="stop").state
    ('error', 'unscored')
    """
    empty = not (response or "").strip()
    if (empty and finish_reason is None) or is_outage(response or ""):
        return FreeTextOutcome("error", "no_response")
    if empty:
        return FreeTextOutcome("unscored", "truncated" if finish_reason == "length" else "no_answer")
    return FreeTextOutcome("scored", None)
