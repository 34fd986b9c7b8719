"""A provider's batch lane at half the price: calls are gathered, sent together, and answered within a day.

It is a transport like the others: each call waits for its line, so the retry policy, the breaker and the price stand
as they are, and a line that failed goes into the next batch. What a killed run had sent is not bought again: batches
of the last `ADOPT_S` seconds are looked through for the same requests first.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from medq.calling.batch_protocol import BatchProtocol, LaneError, SentBatch, lost, packed
from medq.calling.call import Call, Fault, Reply
from medq.calling.providers import provider_of
from medq.errors import ConfigError

if TYPE_CHECKING:
    from medq.calling.transport import Server

WINDOW_S = 26 * 3600.0  # the provider's 24 h and some slack
ADOPT_S = WINDOW_S
QUIET_S = 1.0  # no new call for so long: the batch goes out
POLL_S = (0.2, 30.0)  # between looks at a batch: at first, and at most


def batch_protocol_for(server: Server) -> BatchProtocol:
    """The batches of a model's provider. Raises `ConfigError` where we speak none; imports no client library."""
    from medq.calling.anthropic_batches import AnthropicBatches
    from medq.calling.openai_batches import OpenAIBatches

    provider = provider_of(server.model_id, api_base=server.api_base)
    if provider is not None and provider.openai_protocol:
        return OpenAIBatches(server)
    if provider is not None and provider.name == "anthropic":
        return AnthropicBatches(server)
    raise ConfigError(
        f"model.batch: expected a model of OpenAI, of Anthropic or of a server with OpenAI's batches, "
        f"got {server.model_id}; set model.batch=false"
    )


class BatchTransport:
    """Calls that wait for their lines in batches; which provider's is `batch_protocol_for`'s matter."""

    name = "batch"

    def __init__(self, server: Server, *, quiet_s: float = QUIET_S) -> None:
        self._protocol = batch_protocol_for(server)
        self._quiet_s = quiet_s
        self._gathered: dict[str, bytes] = {}
        self._gathered_bytes = 0
        self._futures: dict[str, asyncio.Future[Reply | Fault]] = {}
        self._delivered: set[str] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        # One look for older batches at a time, so that none takes what another has just sent for an older one.
        self._sending = asyncio.Lock()
        self._older: list[SentBatch] | None = None
        self._under_way: set[str] = set()
        self._read: dict[str, frozenset[str]] = {}

    async def open(self) -> None:
        """Builds the client."""
        await self._protocol.open()

    async def send(self, call: Call, *, timeout_s: float) -> Reply | Fault:
        """Waits for the call's line in the batch that it goes out with."""
        await self.open()
        name, line = self._protocol.line(call)
        if name not in self._futures:
            self._futures[name] = asyncio.get_running_loop().create_future()
            self._gathered[name] = line
            self._gathered_bytes += len(line)
            self._restart_timer()
        return await asyncio.shield(self._futures[name])

    async def close(self) -> None:
        """Stops waiting; batches at the provider go on and are found again by the next run."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._protocol.close()

    def _restart_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        limits = self._protocol.limits
        full = self._gathered_bytes >= limits.size_bytes or len(self._gathered) >= limits.requests
        self._timer = asyncio.get_running_loop().call_later(0 if full else self._quiet_s, self._go)

    def _go(self) -> None:
        lines, self._gathered, self._gathered_bytes = self._gathered, {}, 0
        for part in packed(lines, self._protocol.limits):
            task = asyncio.get_running_loop().create_task(self._run(part))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _run(self, lines: dict[str, bytes]) -> None:
        """Every line gets its outcome, from an older batch or a new one; a failure of the lane is every line's."""
        fault = lost("the batch ended without an answer to this request")
        try:
            batch = await self._adopt_or_submit(lines)
            if batch is not None:
                await self._collect(batch)
        except LaneError as error:
            fault = error.fault
        for name in lines:
            self._deliver(name, fault)

    async def _adopt_or_submit(self, lines: dict[str, bytes]) -> SentBatch | None:
        async with self._sending:
            await self._adopt({name for name in lines if name not in self._delivered})
            left = [line for name, line in lines.items() if name in self._futures]
            if not left:
                return None
            try:
                batch = await self._protocol.submit(left)
            except LaneError:
                self._older = None  # it may have come into being all the same
                raise
            self._under_way.add(batch.id)
            return batch

    async def _adopt(self, wanted: set[str]) -> None:
        """Takes from older batches what answers one of `wanted`; those still at work are waited for."""
        for batch in await self._older_batches() if wanted else ():
            if not wanted:
                return
            if wanted.isdisjoint(self._read.get(batch.id, wanted)):
                continue
            if not batch.ended and not await self._protocol.may_answer(batch, wanted):
                continue
            await self._collect(batch, adopted=True)
            wanted -= self._delivered

    async def _older_batches(self) -> list[SentBatch]:
        """Batches that were there at the first look: one that another process sends later is none of a killed run's."""
        if self._older is None:
            oldest_s = time.time() - ADOPT_S
            older: list[SentBatch] = []
            async for batch in self._protocol.recent():
                if batch.created_s < oldest_s:
                    break
                if batch.id not in self._under_way:
                    older.append(batch)
            self._older = older
        return self._older

    async def _collect(self, batch: SentBatch, *, adopted: bool = False) -> None:
        """Waits for a batch to end and delivers what it answered; of an older batch, answers alone."""
        try:
            outcomes = await self._protocol.outcomes(await self._ended(batch))
        except LaneError:
            self._older = None  # the next attempt finds this one among the older ones
            raise
        finally:
            self._under_way.discard(batch.id)
        self._read[batch.id] = frozenset(name for name, _ in outcomes)
        for name, outcome in outcomes:
            self._deliver_from(name, outcome, batch=batch.id, adopted=adopted)

    async def _ended(self, batch: SentBatch) -> SentBatch:
        """The batch once it has ended; a provider that cannot be asked just now is asked again later."""
        wait_s = POLL_S[0]
        while not batch.ended:
            await asyncio.sleep(wait_s)
            wait_s = min(POLL_S[1], 1.5 * wait_s)
            try:
                batch = await self._protocol.look(batch)
            except LaneError as error:
                if error.fault.permanent:
                    raise
        return batch

    def _deliver_from(self, name: str, outcome: Reply | Fault, *, batch: str, adopted: bool) -> None:
        if isinstance(outcome, Reply):
            found_again: Mapping[str, Any] = {"batch_found_again": True} if adopted else {}
            outcome = replace(outcome, notes={**outcome.notes, "batch": batch, **found_again})
        elif adopted:
            return
        if name in self._futures:
            self._delivered.add(name)
        self._deliver(name, outcome)

    def _deliver(self, name: str, outcome: Reply | Fault) -> None:
        future = self._futures.pop(name, None)
        if future is not None and not future.done():
            future.set_result(outcome)
