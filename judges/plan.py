"""Which verdicts a set of answers needs, in a fixed order, before any of them is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from judges.axes import AXES, allowed_scores, schema
from judges.call import JudgeCall
from judges.errors import JudgeInputError
from judges.prompt import Protocol, render
from judges.record import AnswerRow


@dataclass(frozen=True, slots=True)
class JudgePlan:
    """What is judged and how often. `retries` are new questions after a reply that cannot be read."""

    judges: tuple[str, ...]
    axes: tuple[str, ...] = AXES
    rounds: int = 1
    retries: int = 2
    protocol: Protocol = "paper"

    def __post_init__(self) -> None:
        if not self.judges or len(set(self.judges)) != len(self.judges):
            raise JudgeInputError(f"expected judges with different names, got {list(self.judges)}; name each one once")
        if self.rounds < 1 or self.retries < 0:
            raise JudgeInputError(f"expected rounds >= 1 and retries >= 0, got {self.rounds} and {self.retries}")


@dataclass(frozen=True, slots=True)
class Needed:
    """A verdict that is needed: one row, one axis, one judge, one round."""

    row: AnswerRow
    axis: str
    judge: str
    round: int

    def call(self, attempt: int, protocol: Protocol) -> JudgeCall:
        """The call of one attempt."""
        return JudgeCall(
            judge=self.judge,
            row=self.row.id,
            sample=self.row.sample,
            task=self.row.task,
            axis=self.axis,
            round=self.round,
            attempt=attempt,
            protocol=protocol,
            messages=render(
                self.row.task,
                self.axis,
                response=self.row.response or "",
                reference=self.row.reference or "",
                protocol=protocol,
            ),
            schema=schema(self.row.task, self.axis),
        )


def needed_verdicts(rows: Sequence[AnswerRow], plan: JudgePlan) -> list[Needed]:
    """Every verdict that the rows need, row by row; none for a row whose answer failed or is empty.

    Raises `JudgeInputError` for an unknown task or axis, for a row twice, and for an answer without a reference.
    """
    _check(rows, plan)
    return [
        Needed(row, axis, judge, round_)
        for row in rows
        if row.can_be_judged()
        for axis in plan.axes
        for judge in plan.judges
        for round_ in range(plan.rounds)
    ]


def _check(rows: Sequence[AnswerRow], plan: JudgePlan) -> None:
    seen: set[tuple[str, int]] = set()
    for row in rows:
        for axis in plan.axes:
            allowed_scores(row.task, axis)
        if (row.id, row.sample) in seen:
            raise JudgeInputError(f"expected every row once, got row {row.id!r}, sample {row.sample} twice")
        seen.add((row.id, row.sample))
        if row.can_be_judged() and not (row.reference or "").strip():
            raise JudgeInputError(
                f"row {row.id!r} has an answer but no reference to judge it by; check the data's column"
            )
