"""What the batch lane needs of a provider: sending many requests at once, looking at a batch, reading its answers."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Protocol

from medq.calling.call import Call, Fault, Reply


class LaneError(Exception):
    """The lane itself failed: a batch could not be sent, looked at or read. `fault` says what every line shares."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class BatchLimits:
    """The most that goes into one batch."""

    requests: int
    size_bytes: int


@dataclass(frozen=True, slots=True)
class SentBatch:
    """A batch at the provider. `created_s` is Unix time; `parts` names what belongs to it (ids or addresses)."""

    id: str
    ended: bool
    created_s: float
    parts: Mapping[str, str] = field(default_factory=dict)


class BatchProtocol(Protocol):
    """One provider's batches. Every method that talks to the provider raises `LaneError` and nothing else."""

    limits: BatchLimits

    async def open(self) -> None:
        """Builds the client; nothing is connected yet."""

    async def close(self) -> None:
        """Ends connections."""

    def line(self, call: Call) -> tuple[str, bytes]:
        """(custom id, request as it goes into a batch) of a call; the id is made by `custom_id`."""

    async def submit(self, lines: Collection[bytes]) -> SentBatch:
        """Sends one batch."""

    async def look(self, batch: SentBatch) -> SentBatch:
        """The batch as it stands now."""

    def recent(self) -> AsyncIterator[SentBatch]:
        """Batches that may be ours, newest first."""

    async def may_answer(self, batch: SentBatch, names: AbstractSet[str]) -> bool:
        """Whether a batch that is still at work may hold one of the requests `names`."""

    async def outcomes(self, batch: SentBatch) -> Sequence[tuple[str, Reply | Fault]]:
        """(custom id, outcome) of every request of a batch that has ended; [] where the answers are gone."""


def custom_id(body: bytes, *, seed: int) -> str:
    """A request's name in its batch, fixed by the request's content and the call's seed alone.

    The same call has the same name in every process, so an answer that a killed run has paid for is found again; the
    seed keeps the votes on one item apart, whose content is the same. At most 64 characters of [0-9a-f-], which every
    provider takes.
    """
    return f"{hashlib.sha256(body).hexdigest()[:40]}-{seed}"


def packed(lines: Mapping[str, bytes], limits: BatchLimits) -> list[dict[str, bytes]]:
    """`lines` in as few batches as their order allows; a line above the limit goes alone, to be refused by name.

    >>> [list(batch) for batch in packed({"a": b"123", "b": b"45", "c": b"6"}, BatchLimits(10, 5))]
    [['a', 'b'], ['c']]
    """
    batches: list[dict[str, bytes]] = []
    size_bytes = 0
    for name, line in lines.items():
        last = batches[-1] if batches else None
        if last is None or len(last) >= limits.requests or size_bytes + len(line) > limits.size_bytes:
            last, size_bytes = {}, 0
            batches.append(last)
        last[name] = line
        size_bytes += len(line)
    return batches


def lost(what: str) -> Fault:
    """The fault of a request that the lane brought no answer to; it may be asked again."""
    return Fault(kind="server", message=f"{what}; run again to ask it again")
