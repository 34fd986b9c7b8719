"""One call of a judge, and what can come back: the contract between the judge stage and whoever makes the calls.

The stage plans calls and reads replies; it never opens a connection. The application gives it an `Ask`: an async
function that looks the call up in a journal, makes it over the network if it is new, and stores the outcome.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from judges.prompt import Message, Protocol
from judges.rubric import VERSION


@dataclass(frozen=True, slots=True)
class JudgeCall:
    """A question to a judge. `judge` is the name under which the application knows it; no image travels.

    `round` counts repeated measurements from 0, `attempt` repeated questions after an unreadable reply from 0: both are
    part of the key, so that a stored reply never stands in for a new round or for the second try.
    """

    judge: str
    row: str
    sample: int
    task: str
    axis: str
    round: int
    attempt: int
    protocol: Protocol
    messages: tuple[Message, ...]
    schema: Mapping[str, Any]

    def key(self) -> dict[str, Any]:
        """Everything of the call that can change the reply, ready for JSON; the row's id is not among it.

        The application adds what it knows of the judge (model id, snapshot, decoding). Equal keys are equal questions:
        a verdict on the same text is bought once, whichever run or row it belongs to.
        """
        return {
            "judge": self.judge,
            "rubric": VERSION,
            "protocol": self.protocol,
            "task": self.task,
            "axis": self.axis,
            "messages": [{"role": message.role, "content": message.content} for message in self.messages],
            "schema": dict(self.schema),
            "round": self.round,
            "attempt": self.attempt,
        }


@dataclass(frozen=True, slots=True)
class JudgeReply:
    """What a judge said; `finish_reason` is the provider's word. A quantity that was not reported is None, never 0."""

    text: str
    finish_reason: str | None = None
    returned_model: str | None = None
    tokens_in: int | None = None
    tokens_out: int | None = None
    cost_usd: float | None = None


@dataclass(frozen=True, slots=True)
class JudgeFailure:
    """A call that brought no reply (network, provider, credential): counted as an error, never as a score."""

    kind: str
    message: str
    cost_usd: float | None = None


Ask = Callable[[JudgeCall], Awaitable[JudgeReply | JudgeFailure]]
