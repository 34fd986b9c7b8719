"""OpenAI's files and batches: a file of requests goes up, a batch works through it, a file of answers comes down."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from medq.calling.batch_lines import ENDPOINT, batch_line, read_ids, read_outcomes
from medq.calling.batch_protocol import BatchLimits, LaneError, SentBatch
from medq.calling.call import Call, Fault, Reply
from medq.calling.causes import connection_fault
from medq.calling.faults import fault_from_status, one_line
from medq.calling.openai_transport import openai_client
from medq.calling.providers import bare_id

if TYPE_CHECKING:
    from openai import AsyncOpenAI
    from openai.types import Batch

    from medq.calling.transport import Server

MARK: Mapping[str, str] = {"sent_by": "medq"}
TIMEOUT_S = 600.0  # the SDK's own, for one request of the lane
_ENDED = ("completed", "failed", "expired", "cancelled")
_PARTS = {"input": "input_file_id", "answers": "output_file_id", "errors": "error_file_id"}


class OpenAIBatches:
    """A `BatchProtocol`; our batches carry `MARK` as their metadata."""

    limits = BatchLimits(requests=50_000, size_bytes=90 * 10**6)  # OpenAI takes 50,000 requests and 200 MB

    def __init__(self, server: Server) -> None:
        self._server = server
        self._model = bare_id(server.model_id)
        self._held: AsyncOpenAI | None = None

    @property
    def _client(self) -> AsyncOpenAI:
        if self._held is None:
            self._held = openai_client(self._server)
        return self._held

    async def open(self) -> None:
        """Builds the client; nothing is connected yet."""
        assert self._client is not None

    async def close(self) -> None:
        """Ends connections."""
        if self._held is not None:
            await self._held.close()
            self._held = None

    def line(self, call: Call) -> tuple[str, bytes]:
        """A line of the file that goes up."""
        return batch_line(call, model=self._model)

    async def submit(self, lines: Collection[bytes]) -> SentBatch:
        """Uploads the lines as a file and starts a batch over it."""
        with _lane_errors():
            held = await self._client.files.create(file=("requests.jsonl", b"\n".join(lines)), purpose="batch")
            return _sent(
                await self._client.batches.create(
                    input_file_id=held.id, endpoint=ENDPOINT, completion_window="24h", metadata=dict(MARK)
                )
            )

    async def look(self, batch: SentBatch) -> SentBatch:
        """The batch as it stands now."""
        with _lane_errors():
            return _sent(await self._client.batches.retrieve(batch.id))

    async def recent(self) -> AsyncIterator[SentBatch]:
        """The account's batches that carry our mark, newest first."""
        with _lane_errors():
            async for batch in self._client.batches.list(limit=100):
                if dict(batch.metadata or {}) == MARK:
                    yield _sent(batch)

    async def may_answer(self, batch: SentBatch, names: AbstractSet[str]) -> bool:
        """Whether the file that the batch works through holds one of `names`."""
        with _lane_errors():
            sent = await self._client.files.content(batch.parts["input"])
        return not names.isdisjoint(read_ids(sent.content))

    async def outcomes(self, batch: SentBatch) -> Sequence[tuple[str, Reply | Fault]]:
        """Both files that came down. The file that went up, which holds the images, is deleted at the provider."""
        from openai import APIError

        read: list[tuple[str, Reply | Fault]] = []
        with _lane_errors():
            for part in ("answers", "errors"):
                if part in batch.parts:
                    content = await self._client.files.content(batch.parts[part])
                    read += read_outcomes(content.content)
        with contextlib.suppress(APIError):
            await self._client.files.delete(batch.parts["input"])
        return read


def _sent(batch: Batch) -> SentBatch:
    parts = {name: str(held) for name, field in _PARTS.items() if (held := getattr(batch, field)) is not None}
    return SentBatch(batch.id, ended=batch.status in _ENDED, created_s=float(batch.created_at), parts=parts)


@contextlib.contextmanager
def _lane_errors() -> Iterator[None]:
    """The SDK's errors as the lane's."""
    from openai import OpenAIError

    try:
        yield
    except OpenAIError as error:
        raise LaneError(_fault(error)) from error


def _fault(error: Exception) -> Fault:
    """What went wrong with the files or the batch as a whole."""
    from openai import APIStatusError

    if isinstance(error, APIStatusError):
        return fault_from_status(error.status_code, error.response.text, error.response.headers)
    fault = connection_fault(error, timeout_s=TIMEOUT_S)
    return fault or Fault(kind="network", message=f"the batch could not be sent: {one_line(str(error))}")
