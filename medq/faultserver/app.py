"""The server: one handler for every dialect, `/stats` to see what it saw, `/reset` to start counting again."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

from medq.faultserver.answering import answer_for
from medq.faultserver.batches import BatchDesk
from medq.faultserver.dialects import AnthropicDialect, Completion, Dialect, GeminiDialect, OpenAIDialect
from medq.faultserver.faults import credential_of, error_of, hard_fault, soft_fault
from medq.faultserver.message_batches import MessageBatchDesk
from medq.faultserver.plan import HARD_FAULTS, FaultPlan
from medq.faultserver.prompt import Prompt
from medq.faultserver.stats import Stats

BODY_LIMIT_BYTES = 256 * 2**20


@dataclass
class FaultServer:
    """A provider on 127.0.0.1. `latency_s` is added to every answer; times are in seconds.

    `retry_after_s` is what `rate429_after` tells the caller to wait, `hang_s` how long `hang` says nothing, `drip_s`
    how long `drip` takes to send an answer, `batch_s` how long a batch takes. `model` is the id that `/v1/models`
    lists, `api_key` the key that everything under `/v1` asks for, as a server of open weights does. `last_body` and
    `last_prompt` are those of the latest request, for tests.
    """

    plan: FaultPlan = field(default_factory=FaultPlan)
    latency_s: float = 0.0
    retry_after_s: float = 1.0
    hang_s: float = 3600.0
    drip_s: float = 30.0
    batch_s: float = 1.0
    model: str = "medq-test-model"
    api_key: str | None = None
    stats: Stats = field(default_factory=Stats)
    last_body: Mapping[str, Any] = field(default_factory=dict)
    last_prompt: Prompt | None = None
    desk: BatchDesk = field(init=False)
    message_desk: MessageBatchDesk = field(init=False)

    def app(self) -> web.Application:
        """The routes; any path before a dialect's own ending is accepted, so every `api_base` works."""
        app = web.Application(client_max_size=BODY_LIMIT_BYTES, middlewares=[self._ask_for_the_key])
        app.router.add_get("/health", self._health)
        app.router.add_get("/stats", self._stats)
        app.router.add_post("/reset", self._reset)
        app.router.add_get("/{any:.*}models", self._models)
        refusal = error_of("401") if self.plan.refuses_every_key else None
        self.message_desk = MessageBatchDesk(self._answer_message, batch_s=self.batch_s, refusal=refusal)
        self.message_desk.add_routes(app)
        self.desk = BatchDesk(self._answer_line, batch_s=self.batch_s)
        self.desk.add_routes(app)
        app.router.add_post("/{any:.*}chat/completions", self._openai)
        app.router.add_post("/{any:.*}messages", self._anthropic)
        app.router.add_post("/{path:.*}:generateContent", self._gemini)
        return app

    async def start(self, port: int = 0) -> tuple[web.AppRunner, str]:
        """Listens on 127.0.0.1; returns the runner, to be cleaned up by the caller, and the address with `/v1`."""
        runner = web.AppRunner(self.app(), handler_cancellation=True, shutdown_timeout=0.2, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        return runner, f"http://127.0.0.1:{runner.addresses[0][1]}/v1"

    @web.middleware
    async def _ask_for_the_key(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        wanted = None if self.api_key is None else f"Bearer {self.api_key}"
        if wanted is not None and request.path.startswith("/v1") and request.headers.get("Authorization") != wanted:
            return web.json_response({"error": "Unauthorized"}, status=401)
        return await handler(request)

    async def _health(self, request: web.Request) -> web.Response:
        return web.Response()

    async def _stats(self, request: web.Request) -> web.Response:
        return web.json_response(self.stats.snapshot())

    async def _reset(self, request: web.Request) -> web.Response:
        self.stats.reset()
        return web.json_response({})

    async def _models(self, request: web.Request) -> web.Response:
        return web.json_response({"object": "list", "data": [{"id": self.model, "object": "model"}]})

    async def _openai(self, request: web.Request) -> web.StreamResponse:
        return await self._respond(request, OpenAIDialect())

    async def _anthropic(self, request: web.Request) -> web.StreamResponse:
        return await self._respond(request, AnthropicDialect())

    async def _gemini(self, request: web.Request) -> web.StreamResponse:
        return await self._respond(request, GeminiDialect())

    async def _respond(self, request: web.Request, dialect: Dialect) -> web.StreamResponse:
        self.stats.arrived()
        try:
            return await self._attempt(request, dialect)
        finally:
            self.stats.left()

    async def _attempt(self, request: web.Request, dialect: Dialect) -> web.StreamResponse:
        try:
            body = json.loads(await request.read())
            prompt = dialect.read(body, model=request.match_info.get("path", "").rsplit("/", 1)[-1])
        except (KeyError, TypeError, ValueError) as error:
            message = f"request body is not of this dialect: {error!r}"
            return web.json_response(dialect.error(status=400, message=message), status=400)
        completion, fault, attempt = self._drawn(body, prompt)
        if self.latency_s:
            await asyncio.sleep(self.latency_s)
        if fault in HARD_FAULTS:
            return await hard_fault(
                fault,
                request,
                dialect=dialect,
                completion=completion,
                retry_after_s=self.retry_after_s,
                hang_s=self.hang_s,
                drip_s=self.drip_s,
            )
        if fault is not None:
            completion = soft_fault(fault, completion, credential=credential_of(request))
        self.stats.answered[prompt.content] += 1
        return web.json_response(dialect.write(completion), headers={"x-request-id": f"req-{prompt.content}-{attempt}"})

    def _drawn(self, body: Mapping[str, Any], prompt: Prompt) -> tuple[Completion, str | None, int]:
        """Counts the attempt; the sound completion, the fault that meets it, and the attempt's number."""
        self.last_body, self.last_prompt = body, prompt
        attempt = self.stats.counted(content=prompt.content, model=prompt.model)
        fault = self.plan.fault_for(prompt.content, attempt)
        if fault is not None:
            self.stats.faults[fault] += 1
        return Completion(prompt=prompt, text=answer_for(prompt), model=prompt.model), fault, attempt

    def _answer_line(self, body: Mapping[str, Any]) -> tuple[str | None, int, dict[str, Any]]:
        return self._answer_in_batch(body, OpenAIDialect())

    def _answer_message(self, body: Mapping[str, Any]) -> tuple[str | None, int, dict[str, Any]]:
        return self._answer_in_batch(body, AnthropicDialect())

    def _answer_in_batch(self, body: Mapping[str, Any], dialect: Dialect) -> tuple[str | None, int, dict[str, Any]]:
        """Fault, status and body for one request of a batch."""
        prompt = dialect.read(body, model=None)
        completion, fault, _ = self._drawn(body, prompt)
        if fault in HARD_FAULTS:
            status, message, code = error_of(fault)
            return fault, status, dialect.error(status=status, message=message, code=code)
        self.stats.answered[prompt.content] += 1
        return fault, 200, dialect.write(completion if fault is None else soft_fault(fault, completion))
