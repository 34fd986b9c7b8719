"""What the judge stage takes and gives: rows of answers in, judgements by row and axis out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

State = Literal[
    "scored",
    "unreadable",
    "refusal",
    "truncated",
    "filtered",
    "no_conclusion",
    "ambiguous",
    "no_facts",
    "reference_unreadable",
    "error",
    "not_judged",
]
ERROR_STATES = frozenset({"error", "not_judged"})


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer to be judged: `state` is that of the answer ("scored", "unscored" or "error")."""

    id: str
    task: str
    response: str | None
    state: str
    reference: str | None
    modality: str | None = None
    sample: int = 0

    def can_be_judged(self) -> bool:
        """Whether the model said anything: a failed or empty answer is never sent to a judge."""
        return self.state != "error" and bool((self.response or "").strip())


@dataclass(frozen=True, slots=True)
class Verdict:
    """One judge's verdict on one axis in one round, after `attempts` calls; `raw` is the text of the last reply.

    Tokens and cost are sums over the attempts, None when no attempt reported them.
    """

    judge: str
    round: int
    score: int | None
    state: State
    rule: str
    raw: str | None = None
    attempts: int = 0
    returned_model: str | None = None
    tokens_in: int | None = None
    tokens_out: int | None = None
    cost_usd: float | None = None

    def as_dict(self) -> dict[str, Any]:
        """The fields, ready for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class AxisJudgement:
    """All verdicts on one axis of one row: the mean of the judges' means, or None with the state that says why."""

    score: float | None
    state: State
    raw: str | None
    rounds: tuple[Verdict, ...]
    by_judge: Mapping[str, float | None]

    def as_dict(self) -> dict[str, Any]:
        """The form in `samples.jsonl`: `score`, `state`, `raw`, `rounds`, `by_judge`."""
        return {
            "score": self.score,
            "state": self.state,
            "raw": self.raw,
            "rounds": [verdict.as_dict() for verdict in self.rounds],
            "by_judge": dict(self.by_judge),
        }


@dataclass(frozen=True, slots=True)
class RowJudgement:
    """The judgements of one row by axis."""

    id: str
    sample: int
    task: str
    axes: Mapping[str, AxisJudgement]

    def as_dict(self) -> dict[str, Any]:
        """The field `judge` of a row in `samples.jsonl`."""
        return {axis: judgement.as_dict() for axis, judgement in self.axes.items()}


def counted_as(state: str) -> Literal["scored", "unscored", "error"]:
    """Where a state is counted: failures of the machinery are errors, all else that has no score is unscored.

    >>> counted_as("refusal"), counted_as("not_judged")
    ('unscored', 'error')
    """
    if state == "scored":
        return "scored"
    return "error" if state in ERROR_STATES else "unscored"
