"""What a model is to the run loop: something that takes requests and gives back answers or failures, in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from medq_tasks.images.sent import SentImage
from medq_tasks.item import Item

if TYPE_CHECKING:
    from pathlib import Path

    from medq.journal import Journal


@dataclass(frozen=True, slots=True)
class Request:
    """One question to a model: the rendered prompt and the images exactly as they are sent.

    `item` gives the embedded baselines the options; a model that reads language and pictures uses `prompt` and
    `images` alone, and none reads `item.answer` or `item.reference`. `sample` is the number of the vote, from 0;
    `seed` differs for every item and sample and is the same in every run with the same `run.seed`. `letters`, where not
    empty, asks for no text but for the log-probability of each of these letters as the answer's first token, which goes
    into the answer's `notes["option_logprobs"]` (letter to natural logarithm); its text is the most probable letter.
    """

    item: Item
    prompt: str
    images: tuple[SentImage, ...]
    sample: int = 0
    seed: int = 0
    letters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model said, and what it took. A quantity that was not reported is None, never 0.

    `finish_reason` is the provider's word ("stop", "length", "content_filter", "refusal"); `returned_model` the id
    that the provider says answered; `notes` holds what else must be recorded, such as parameters it dropped.
    """

    text: str
    finish_reason: str | None = None
    returned_model: str | None = None
    latency_s: float | None = None
    tokens_in: int | None = None
    tokens_out: int | None = None
    cost_usd: float | None = None
    attempts: int = 1
    notes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failure:
    """A call that gave no answer: counted as an error, never scored, never replayed.

    `kind` is one of "network", "timeout", "rate_limit", "server", "request", "credential", "not_found", "protocol",
    "file", "memory", "replay", "internal"; `permanent` says that the same call would fail again.
    """

    kind: str
    message: str
    permanent: bool = False
    status: int | None = None
    attempts: int = 1
    latency_s: float | None = None
    cost_usd: float | None = None


Outcome = Answer | Failure


class Model(Protocol):
    """A model behind one method.

    `identity` is everything of the model that can change an answer (kind, id, revision, decoding as sent, server):
    it goes into the journal's key and never holds a secret. `concurrency` calls of `answer` run at a time, each with
    at most `chunk` requests.
    """

    identity: Mapping[str, Any]
    concurrency: int
    chunk: int

    async def answer(self, requests: Sequence[Request]) -> Sequence[Outcome]:
        """One outcome a request, in the order of the requests."""

    async def close(self) -> None:
        """Ends connections and workers; called once."""


@runtime_checkable
class KeepsParts(Protocol):
    """A model that makes several calls for one question, and keeps each, so that none is made twice."""

    def keep_in(self, journal: Journal) -> None:
        """Says where; called once, before the first question."""


@runtime_checkable
class StartsServer(Protocol):
    """A model in a server that is started for it."""

    def log_to(self, path: Path) -> None:
        """Says into which file the server's output goes; called before the first question."""


@runtime_checkable
class LooksBack(Protocol):
    """A model with notes on all questions of a run, also those that another process or an earlier session asked."""

    def look_back(self, asked: Iterable[tuple[str, int, Outcome | None]]) -> None:
        """Has the notes be on these questions alone: item, vote and outcome of each."""
