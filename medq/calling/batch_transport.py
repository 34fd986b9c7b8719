"""A provider's batch lane at half the price: calls are gathered, sent as one file, and answered within a day.

It is a transport like the others: each call waits for its line, so the retry policy, the breaker and the price stand
as they are, and a line that failed goes into the next batch. What a killed run had sent is not bought again: batches
of the last `ADOPT_S` seconds that carry our mark are looked through for the same requests first.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from medq.calling.batch_lines import ENDPOINT, batch_line, read_ids, read_outcomes
from medq.calling.call import Call, Fault, Reply
from medq.calling.causes import connection_fault
from medq.calling.faults import fault_from_status, one_line
from medq.calling.openai_transport import openai_client
from medq.calling.providers import bare_id

if TYPE_CHECKING:
    from openai import AsyncOpenAI
    from openai.types import Batch

    from medq.calling.transport import Server

WINDOW_S = 26 * 3600.0  # the provider's 24 h and some slack
ADOPT_S = WINDOW_S
QUIET_S = 1.0  # no new call for so long: the batch goes out
BATCH_BYTES = 90 * 10**6  # OpenAI takes 200 MB a file
MARK: Mapping[str, str] = {"sent_by": "medq"}
POLL_S = (0.2, 30.0)  # between looks at a batch: at first, and at most
_ENDED = ("completed", "failed", "expired", "cancelled")


class BatchTransport:
    """OpenAI's files-and-batches protocol."""

    name = "batch"

    def __init__(self, server: Server, *, quiet_s: float = QUIET_S) -> None:
        self._server = server
        self._model = bare_id(server.model_id)
        self._quiet_s = quiet_s
        self._client: AsyncOpenAI | None = None
        self._gathered: dict[str, bytes] = {}
        self._futures: dict[str, asyncio.Future[Reply | Fault]] = {}
        self._delivered: set[str] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Builds the client."""
        self._client = self._client or openai_client(self._server)

    async def send(self, call: Call, *, timeout_s: float) -> Reply | Fault:
        """Waits for the call's line in the batch that it goes out with."""
        await self.open()
        name, line = batch_line(call, model=self._model)
        if name not in self._futures:
            self._futures[name] = asyncio.get_running_loop().create_future()
            self._gathered[name] = line
            self._restart_timer()
        return await asyncio.shield(self._futures[name])

    async def close(self) -> None:
        """Stops waiting; batches at the provider go on and are found again by the next run."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._client is not None:
            await self._client.close()

    def _restart_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        full = sum(map(len, self._gathered.values())) >= BATCH_BYTES
        self._timer = asyncio.get_running_loop().call_later(0 if full else self._quiet_s, self._go)

    def _go(self) -> None:
        lines, self._gathered = self._gathered, {}
        if lines:
            task = asyncio.get_running_loop().create_task(self._run(lines))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _run(self, lines: dict[str, bytes]) -> None:
        """Every line gets its outcome, from an older batch or a new one; a failure of the lane is every line's."""
        from openai import OpenAIError

        try:
            await self._adopt(lines)
            left = {name: line for name, line in lines.items() if name in self._futures}
            if left:
                await self._collect(await self._submit(left))
            fault = Fault(kind="server", message="the batch ended without an answer to this request")
        except OpenAIError as error:
            fault = _lane_fault(error)
        for name in lines:
            self._deliver(name, fault)

    async def _submit(self, lines: dict[str, bytes]) -> Batch:
        assert self._client is not None
        data = b"\n".join(lines.values())
        held = await self._client.files.create(file=("requests.jsonl", data), purpose="batch")
        return await self._client.batches.create(
            input_file_id=held.id, endpoint=ENDPOINT, completion_window="24h", metadata=dict(MARK)
        )

    async def _collect(self, batch: Batch, *, adopted: bool = False) -> None:
        """Waits for a batch to end and delivers what it answered; of an older batch, answers alone."""
        assert self._client is not None
        wait_s = POLL_S[0]
        while batch.status not in _ENDED:
            await asyncio.sleep(wait_s)
            wait_s = min(POLL_S[1], 1.5 * wait_s)
            batch = await self._look(batch)
        outcomes: list[tuple[str, Reply | Fault]] = []
        for file_id in (batch.output_file_id, batch.error_file_id):
            if file_id is not None:
                content = await self._client.files.content(file_id)
                outcomes += read_outcomes(content.content)
        await self._forget_images(batch)
        for name, outcome in outcomes:
            self._deliver_from(name, outcome, batch=batch.id, adopted=adopted)

    async def _look(self, batch: Batch) -> Batch:
        """The batch as it stands; as it stood when the provider cannot be asked just now."""
        from openai import APIConnectionError, InternalServerError, RateLimitError

        assert self._client is not None
        try:
            return await self._client.batches.retrieve(batch.id)
        except (APIConnectionError, InternalServerError, RateLimitError):
            return batch

    async def _adopt(self, lines: dict[str, bytes]) -> None:
        """Takes from our recent batches what answers one of `lines`; batches still at work are waited for."""
        assert self._client is not None
        wanted = {name for name in lines if name not in self._delivered}
        oldest = time.time() - ADOPT_S
        async for batch in self._client.batches.list(limit=100):
            if not wanted or batch.created_at < oldest:
                return
            if dict(batch.metadata or {}) != MARK:
                continue
            if batch.status not in _ENDED and not wanted.intersection(await self._sent_ids(batch)):
                continue
            await self._collect(batch, adopted=True)
            wanted -= self._delivered

    async def _sent_ids(self, batch: Batch) -> list[str]:
        assert self._client is not None
        sent = await self._client.files.content(batch.input_file_id)
        return list(read_ids(sent.content))

    async def _forget_images(self, batch: Batch) -> None:
        """Deletes the file of requests, which holds the images, at the provider; answers stay for a later run."""
        from openai import APIError

        assert self._client is not None
        with contextlib.suppress(APIError):
            await self._client.files.delete(batch.input_file_id)

    def _deliver_from(self, name: str, outcome: Reply | Fault, *, batch: str, adopted: bool) -> None:
        if isinstance(outcome, Reply):
            notes: dict[str, Any] = {
                **outcome.notes,
                "batch": batch,
                **({"batch_found_again": True} if adopted else {}),
            }
            outcome = replace(outcome, notes=notes)
        elif adopted:
            return
        if name in self._futures:
            self._delivered.add(name)
        self._deliver(name, outcome)

    def _deliver(self, name: str, outcome: Reply | Fault) -> None:
        future = self._futures.pop(name, None)
        if future is not None and not future.done():
            future.set_result(outcome)


def _lane_fault(error: Exception) -> Fault:
    """What went wrong with the files or the batch as a whole."""
    from openai import APIStatusError

    if isinstance(error, APIStatusError):
        return fault_from_status(error.status_code, error.response.text, error.response.headers)
    fault = connection_fault(error, timeout_s=WINDOW_S)
    return fault or Fault(kind="network", message=f"the batch could not be sent: {one_line(str(error))}")
