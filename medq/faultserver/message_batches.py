"""Anthropic's message batches: requests go up in one body, results come down as lines of JSON.

Requests meet the same faults as calls do; one that hangs expires, and one that has no HTTP status of its own otherwise
(a reset) comes back as a 500. As at the provider, the requests of a batch are never shown again.
"""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web

from medq.faultserver.batch_shelf import AnswerBody, BatchShelf
from medq.faultserver.dialects import AnthropicDialect

LIFE = timedelta(hours=24)


@dataclass
class MessageBatchDesk:
    """Batches of one server, kept in memory. `refusal` (status, message, code) answers everything, None nothing."""

    answer: AnswerBody
    batch_s: float = 1.0
    refusal: tuple[int, str, str | None] | None = None
    _requests: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    _addresses: dict[str, str] = field(default_factory=dict)
    _results: dict[str, bytes] = field(default_factory=dict)
    _shelf: BatchShelf = field(init=False)
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        self._shelf = BatchShelf(self._work)

    def add_routes(self, app: web.Application) -> None:
        """The four routes that the protocol needs; before those of OpenAI's batches, which end in the same word."""
        app.router.add_post("/{any:.*}messages/batches", self._create)
        app.router.add_get("/{any:.*}messages/batches", self._list)
        app.router.add_get("/{any:.*}messages/batches/{id}", self._show)
        app.router.add_get("/{any:.*}messages/batches/{id}/results", self._send_results)

    def batches(self) -> list[str]:
        """Ids of all batches, oldest first."""
        return self._shelf.ids()

    async def _create(self, request: web.Request) -> web.Response:
        refused = self._refused(request)
        if refused is not None:
            return refused
        requests = (await request.json()).get("requests") or []
        names = {asked.get("custom_id") for asked in requests}
        if not requests or len(names) < len(requests):
            return _error(400, "requests: expected at least one, each with a custom_id of its own")
        name = f"msgbatch_{next(self._numbers)}"
        self._requests[name] = requests
        now = datetime.now(UTC)
        counts = dict.fromkeys(("succeeded", "errored", "canceled", "expired"), 0)
        shown = {
            "id": name,
            "type": "message_batch",
            "processing_status": "in_progress",
            "request_counts": {"processing": len(requests), **counts},
            "created_at": now.isoformat().replace("+00:00", "Z"),
            "expires_at": (now + LIFE).isoformat().replace("+00:00", "Z"),
            "ended_at": None,
            "results_url": None,
        }
        self._addresses[name] = f"{request.url}/{name}/results"
        return web.json_response(self._shelf.put(shown, batch_s=self.batch_s))

    async def _show(self, request: web.Request) -> web.Response:
        refused = self._refused(request)
        batch = self._shelf.show(request.match_info["id"])
        return refused or (_error(404, "no such batch") if batch is None else web.json_response(batch))

    async def _list(self, request: web.Request) -> web.Response:
        refused = self._refused(request)
        query = request.query
        page, more = self._shelf.page(after=query.get("after_id"), limit=int(query.get("limit", "20")))
        ids = [batch["id"] for batch in page] or [None]
        return refused or web.json_response({"data": page, "has_more": more, "first_id": ids[0], "last_id": ids[-1]})

    async def _send_results(self, request: web.Request) -> web.Response:
        refused = self._refused(request)
        batch = self._shelf.show(request.match_info["id"])
        if refused is None and (batch is None or batch["processing_status"] != "ended"):
            refused = _error(404, "no results yet")
        return refused or web.Response(body=self._results[request.match_info["id"]], content_type="application/x-jsonl")

    def _work(self, shown: dict[str, Any]) -> None:
        name = shown["id"]
        results = [(asked["custom_id"], self._result(asked["params"])) for asked in self._requests.pop(name)]
        shown["results_url"] = self._addresses[name]
        self._results[name] = b"\n".join(
            json.dumps({"custom_id": custom_id, "result": result}).encode() for custom_id, result in reversed(results)
        )
        counts = shown["request_counts"]
        counts["processing"] = 0
        for _, result in results:
            counts[result["type"]] += 1
        shown["processing_status"] = "ended"
        shown["ended_at"] = shown["created_at"]

    def _result(self, params: dict[str, Any]) -> dict[str, Any]:
        fault, status, body = self.answer(params)
        if fault == "hang":
            return {"type": "expired"}
        return {"type": "succeeded", "message": body} if status == 200 else {"type": "errored", "error": body}

    def _refused(self, request: web.Request) -> web.Response | None:
        """What answers a request without the headers that the provider insists on, or with a key that is wrong."""
        if self.refusal is not None:
            return _error(self.refusal[0], self.refusal[1])
        if not request.headers.get("x-api-key"):
            return _error(401, "x-api-key header is required")
        if not request.headers.get("anthropic-version"):
            return _error(400, "anthropic-version: header is required")
        return None


def _error(status: int, message: str) -> web.Response:
    return web.json_response(AnthropicDialect().error(status=status, message=message), status=status)
