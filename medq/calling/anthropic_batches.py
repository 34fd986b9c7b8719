"""Anthropic's message batches: all requests go up in one body, and the answers come down as lines of JSON.

Anthropic shows no requests of a batch and takes no mark on one. Ours are told apart by their answers' custom ids, so
after a kill every batch of the workspace that is still at work is waited for before anything is bought.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from medq.calling.anthropic_message import message_body, read_message
from medq.calling.batch_protocol import BatchLimits, LaneError, SentBatch, custom_id, lost
from medq.calling.call import Call, Fault, Reply
from medq.calling.causes import connection_fault
from medq.calling.credentials import api_key
from medq.calling.faults import fault_from_status, is_filtered, one_line
from medq.calling.providers import NO_KEY, bare_id

if TYPE_CHECKING:
    import httpx

    from medq.calling.transport import Server

ANTHROPIC_BASE = "https://api.anthropic.com"
VERSION = "2023-06-01"
TIMEOUT_S = 600.0  # for one request of the lane: a whole batch of images goes up in one
PAGE = 100  # batches in one answer of the list
# The HTTP status that each type of error has when it answers a single call.
_STATUSES: Mapping[str, int] = {
    "invalid_request_error": 400,
    "authentication_error": 401,
    "billing_error": 402,
    "permission_error": 403,
    "not_found_error": 404,
    "request_too_large": 413,
    "rate_limit_error": 429,
    "api_error": 500,
    "timeout_error": 504,
    "overloaded_error": 529,
}


class AnthropicBatches:
    """A `BatchProtocol` over `{api_base}/v1/messages/batches`."""

    limits = BatchLimits(requests=100_000, size_bytes=200 * 10**6)  # Anthropic takes 256 MB, all its JSON included

    def __init__(self, server: Server) -> None:
        self._server = server
        self._model = bare_id(server.model_id)
        base = (server.api_base or ANTHROPIC_BASE).rstrip("/").removesuffix("/messages").removesuffix("/v1")
        self._batches = f"{base}/v1/messages/batches"
        self._held: httpx.AsyncClient | None = None

    async def open(self) -> None:
        """Builds the client; nothing is connected yet."""
        import httpx

        if self._held is None:
            server = self._server
            key = api_key(server.model_id, api_base=server.api_base, api_key_env=server.api_key_env)
            headers = {"x-api-key": key or NO_KEY, "anthropic-version": VERSION, "content-type": "application/json"}
            self._held = httpx.AsyncClient(headers=headers, timeout=TIMEOUT_S)

    async def close(self) -> None:
        """Ends connections."""
        if self._held is not None:
            await self._held.aclose()
            self._held = None

    def line(self, call: Call) -> tuple[str, bytes]:
        """One entry of `requests`."""
        body = message_body(call, model=self._model)
        name = custom_id(body, seed=call.seed)
        return name, b'{"custom_id":"' + name.encode() + b'","params":' + body + b"}"

    async def submit(self, lines: Collection[bytes]) -> SentBatch:
        """Starts a batch."""
        return _sent(_json(await self._ask("POST", content=b'{"requests":[' + b",".join(lines) + b"]}")))

    async def look(self, batch: SentBatch) -> SentBatch:
        """The batch as it stands now."""
        return _sent(_json(await self._ask("GET", f"/{batch.id}")))

    async def recent(self) -> AsyncIterator[SentBatch]:
        """All batches of the workspace, newest first."""
        after = ""
        while True:
            page = _json(await self._ask("GET", f"?limit={PAGE}{after}"))
            for shown in page.get("data") or ():
                yield _sent(shown)
            if not page.get("has_more") or not page.get("last_id"):
                return
            after = f"&after_id={page['last_id']}"

    async def may_answer(self, batch: SentBatch, names: AbstractSet[str]) -> bool:
        """Always: what a batch at work holds is not shown."""
        return True

    async def outcomes(self, batch: SentBatch) -> Sequence[tuple[str, Reply | Fault]]:
        """The lines of the batch's results; [] once the provider has archived them."""
        if "results" not in batch.parts:
            return []
        found = urlsplit(batch.parts["results"])
        own = urlsplit(self._batches)
        # The key goes to the configured server alone: behind a proxy, the address can name another one.
        same = (found.scheme, found.netloc) == (own.scheme, own.netloc)
        response = await self._ask("GET", f"/{batch.id}/results", url=batch.parts["results"] if same else None)
        try:
            return list(read_results(response.content))
        except (KeyError, TypeError, ValueError) as error:
            raise LaneError(_unreadable(f"results that cannot be read: {error!r}")) from error

    async def _ask(
        self, method: str, path: str = "", *, url: str | None = None, content: bytes | None = None
    ) -> httpx.Response:
        """One request of the lane. Raises `LaneError`."""
        import httpx

        await self.open()
        assert self._held is not None
        try:
            response = await self._held.request(method, url or f"{self._batches}{path}", content=content)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            fault = connection_fault(error, timeout_s=TIMEOUT_S)
            other = Fault(kind="network", message=f"the batch could not be sent: {one_line(str(error))}")
            raise LaneError(fault or other) from error
        if response.status_code >= 300:
            raise LaneError(fault_from_status(response.status_code, response.text, response.headers))
        return response


def read_results(data: bytes) -> Iterator[tuple[str, Reply | Fault]]:
    """(custom id, outcome) of every line of a batch's results. Raises KeyError, TypeError or ValueError."""
    for line in data.splitlines():
        if line.strip():
            said = json.loads(line)
            yield said["custom_id"], _outcome(said["result"])


def _outcome(result: Mapping[str, Any]) -> Reply | Fault:
    """An answer; an error as its HTTP status would have it; what was never worked on may be asked again."""
    kind = result["type"]
    if kind == "succeeded":
        return read_message(result["message"])
    if kind == "errored":
        return _error(result["error"])
    if kind == "expired":
        return lost("the batch expired before this request was answered")
    if kind == "canceled":
        # Someone stopped the batch on purpose: sending it again at once would undo that.
        return replace(lost("the batch was cancelled before this request was answered"), permanent=True)
    return lost(f"the batch did not answer this request: {one_line(str(kind))}")


def _error(error: Mapping[str, Any]) -> Reply | Fault:
    text = json.dumps(error)
    status = _STATUSES.get((error.get("error") or error).get("type", ""), 500)
    if is_filtered(status, text):
        return Reply(text="", finish_reason="content_filter", notes={"filter": one_line(text)})
    return fault_from_status(status, text)


def _json(response: httpx.Response) -> Mapping[str, Any]:
    try:
        body = response.json()
    except ValueError:
        body = None
    if not isinstance(body, Mapping):
        raise LaneError(_unreadable(f"{response.text[:200]!r}"))
    return body


def _sent(shown: Mapping[str, Any]) -> SentBatch:
    try:
        created_s = datetime.fromisoformat(shown["created_at"]).timestamp()
        parts = {"results": str(shown["results_url"])} if shown.get("results_url") else {}
        return SentBatch(str(shown["id"]), shown["processing_status"] == "ended", created_s, parts)
    except (KeyError, TypeError, ValueError) as error:
        raise LaneError(_unreadable(str(shown))) from error


def _unreadable(found: str) -> Fault:
    return Fault(kind="protocol", message=f"expected a message batch of Anthropic's, got {one_line(found)}", status=200)
