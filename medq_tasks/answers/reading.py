"""What was read from one response."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

REFUSAL = "refusal"
AMBIGUOUS = "ambiguous"
NO_ANSWER = "no_answer"
TRUNCATED = "truncated"
UNREAD_RULES = (REFUSAL, AMBIGUOUS, NO_ANSWER, TRUNCATED)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """The option that a response gives, or why none could be read.

    `letter` is set exactly when `state` is "scored". `rule` names what fired: the reading rule of a scored response,
    one of `UNREAD_RULES` otherwise. `span` is the evidence, start and end in characters of the original response:
    the option letter, the option text, or the words of the refusal or of the ambiguity; None where there is none.
    """

    letter: str | None
    state: Literal["scored", "unscored"]
    rule: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place of a response that could be the answer; `letter` is None where the place says that none is."""

    letter: str | None
    rule: str
    span: Span

    def reading(self) -> Reading:
        """The candidate as the result."""
        return Reading(self.letter, "scored" if self.letter else "unscored", self.rule, self.span)
