"""Open weights in a server of medq's own, as a model: nothing runs before the first question or after the last."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from medq.errors import ModelUnusable
from medq.hardware import HardwareSettings
from medq.models.api import ApiModel, Readable
from medq.models.fingerprint import weights_identity
from medq.models.interface import Failure, Outcome, Request
from medq.models.settings import SERVED_PREFIX, ModelSettings
from medq.records import SERVING_LOG
from medq.serving.check import check_served
from medq.serving.engine import engine_command, engine_name, measured_arguments, needs_gpus
from medq.serving.key import KEY_ENV
from medq.serving.server import EngineServer, Life
from medq_tasks.environment import cache_dir

# A refused connection can be seen a moment before the death behind it.
DEATH_NOTICE_S = 2.0
_OF_THE_SERVER = ("network", "timeout", "server", "protocol")


class ServedModel:
    """Calls the engine's server as `ApiModel` calls any; questions under way when it dies are asked again.

    Its output goes to `serving.log` in the cache, or to where `log_to` says. `readable` is `ApiModel`'s. Raises
    `ConfigError` for weights that no server takes, and for settings that none follows.
    """

    chunk = 1

    def __init__(
        self, settings: ModelSettings, hardware: HardwareSettings, *, readable: Readable | None = None
    ) -> None:
        check_served(settings, hardware)
        self.settings, self.hardware = settings, hardware
        self._readable = readable
        self._api: ApiModel | None = None
        self._server = EngineServer(
            name=engine_name(hardware),
            command=self._command,
            model_id=str(settings.id),
            settings=hardware.server,
            restarts=hardware.restarts,
            log=cache_dir() / SERVING_LOG,
        )
        template = self._build_api("http://127.0.0.1/v1")
        self.concurrency = template.concurrency
        self.identity: Mapping[str, Any] = {
            **{key: value for key, value in template.identity.items() if key not in ("api_base", "revision")},
            "kind": settings.kind,
            "id": settings.id,
            "engine": engine_name(hardware),
            "arguments": list(measured_arguments(settings, hardware)),
            **weights_identity(settings, settings.revision),
            **hardware.measured(),
        }

    def log_to(self, path: Path) -> None:
        """Sends the output of the server to that file; for the next start."""
        self._server.log = path

    async def answer(self, requests: Sequence[Request]) -> Sequence[Outcome]:
        """One outcome a request. Raises `ConfigError` where the server cannot be started, `ModelUnusable` later."""
        return [await self._one(request) for request in requests]

    def report(self) -> dict[str, Any]:
        """The calls, as `ApiModel` reports them, and the server's starts and deaths."""
        calls = {} if self._api is None else self._api.report()
        return {**calls, "server": self._server.report()}

    def notes(self) -> list[str]:
        """Lines for the user after the run."""
        return [] if self._api is None else self._api.notes()

    async def close(self) -> None:
        """Ends connections and the server; an interrupted run does not wait for the latter's end."""
        if self._api is not None:
            await self._api.close()
        task = asyncio.current_task()
        await self._server.stop(wait=task is None or not task.cancelling())

    async def _one(self, request: Request) -> Outcome:
        while True:
            life = await self._server.ready()
            outcome = await self._ask(request, life)
            if outcome is not None:
                return outcome

    async def _ask(self, request: Request, life: Life) -> Outcome | None:
        """The outcome; None where the server died under the question, which is then to be asked again."""
        api = self._api = self._api or self._build_api(f"{self._server.root}/v1")
        call = asyncio.ensure_future(api.answer([request]))
        try:
            await asyncio.wait({call, life.ended}, return_when=asyncio.FIRST_COMPLETED)
            if call.done() and not await self._lost(call, life):
                return call.result()[0]
        finally:
            call.cancel()
            await asyncio.gather(call, return_exceptions=True)
        return None

    async def _lost(self, call: asyncio.Future[Sequence[Outcome]], life: Life) -> bool:
        """Whether a call that is over failed because of the server's death; a sick server is ended here."""
        error = call.exception()
        if error is None:
            outcome = call.result()[0]
            if not isinstance(outcome, Failure) or outcome.permanent or outcome.kind not in _OF_THE_SERVER:
                return False
        elif not isinstance(error, ModelUnusable):
            return False
        await asyncio.wait({life.ended}, timeout=DEATH_NOTICE_S)
        await self._server.end_if_sick(life)
        return life.ended.done()

    def _build_api(self, base: str) -> ApiModel:
        called = {
            "kind": "litellm",
            "id": f"{SERVED_PREFIX}{self.settings.id}",
            "api_base": base,
            "api_key_env": KEY_ENV,
            "path": None,
        }
        return ApiModel(self.settings.model_copy(update=called), readable=self._readable)

    def _command(self, port: int) -> Sequence[str]:
        gpus = _gpus(self.settings, self.hardware) if needs_gpus(self.hardware) else 1
        return engine_command(self.settings, self.hardware, port=port, gpus=gpus)


def _gpus(settings: ModelSettings, hardware: HardwareSettings) -> int:
    """The GPUs that hold one copy of the weights. Raises `ConfigError` where they cannot."""
    from medq.models.fit import fit

    return hardware.gpus_per_model or max(1, fit(settings, hardware).gpus_per_model)
