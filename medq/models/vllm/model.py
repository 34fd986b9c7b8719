"""Open weights in vLLM inside this process, tensor-parallel over its GPUs, as a model that is asked in chunks."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from medq.calling.call import Call, ImagePart, Message
from medq.calling.wire import wire_messages
from medq.errors import ConfigError, MedqError, ModelUnusable
from medq.hardware import HardwareSettings
from medq.models.fingerprint import weights_identity
from medq.models.fit import fit
from medq.models.image_limits import broken_limit
from medq.models.interface import Failure, Outcome, Request
from medq.models.local.decoding import decoding_of
from medq.models.local.hub import commit_of
from medq.models.settings import ModelSettings
from medq.models.vllm.answers import failure_of, is_engine_death, outcome_of, reason_of
from medq.models.vllm.arguments import engine_keywords
from medq.models.vllm.checking import check_in_process, check_installed
from medq.models.vllm.engine import Chat, Engine, open_engine, vllm_version
from medq.models.vllm.engine_thread import EngineThread
from medq.models.vllm.sampling import sampling_keywords
from medq.serving.engine import measured_arguments

# One chunk is answered while the next is gathered and encoded.
AHEAD = 2


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A question as vLLM takes it."""

    request: Request
    chat: Chat
    decoding: Mapping[str, Any]


class VllmModel:
    """Answers with vLLM's engine, which is loaded at the first question, on as many GPUs as a copy needs.

    Images go in as exactly the bytes of the request. A question that vLLM refuses fails alone: the others of its chunk
    are asked again without it. Raises `ConfigError` for what can be known to be wrong before anything is loaded.
    """

    concurrency = AHEAD

    def __init__(self, settings: ModelSettings, hardware: HardwareSettings, *, seed: int = 0) -> None:
        check_in_process(settings, hardware)
        self.settings, self.hardware, self._seed = settings, hardware, seed
        self.chunk = hardware.batch_size
        self._decoding = decoding_of(settings)
        self._revision = None if settings.path else commit_of(str(settings.id), settings.revision)
        self._thread = EngineThread(self._load)
        self._loaded: dict[str, Any] = {}
        self.identity: Mapping[str, Any] = {
            "kind": settings.kind,
            "id": settings.id,
            **weights_identity(settings, self._revision),
            "engine": "vllm",
            "arguments": list(measured_arguments(settings, hardware)),
            "hardware": hardware.measured(),
            "decoding": self._decoding.identity(run_seed=seed),
        }

    async def answer(self, requests: Sequence[Request]) -> Sequence[Outcome]:
        """One outcome a request. Raises `ConfigError` where vLLM cannot be loaded, `ModelUnusable` where it dies."""
        limits = self.settings.images
        breaches = [broken_limit(request.images, limits) for request in requests]
        taken = [request for request, breach in zip(requests, breaches, strict=True) if breach is None]
        prepared = await asyncio.to_thread(lambda: list(map(self._prepared, taken)))
        found = iter(await self._ask(await self._opened(), prepared) if prepared else ())
        return [
            next(found) if breach is None else Failure("request", breach, permanent=True, attempts=0)
            for breach in breaches
        ]

    def report(self) -> dict[str, Any]:
        """What the manifest says of the session: vLLM's release, GPUs of a copy, seconds of loading."""
        return dict(self._loaded)

    async def close(self) -> None:
        """Frees the weights and ends vLLM's processes; an interrupted run does not wait for what is under way."""
        task = asyncio.current_task()
        await self._thread.close(wait=task is None or not task.cancelling())

    async def _opened(self) -> Engine:
        engine = await self._thread.open()
        if isinstance(engine, Engine):
            return engine
        if isinstance(engine, MedqError):
            raise engine
        raise ConfigError(
            f"{self.settings.path or self.settings.id} cannot be loaded by vLLM: {reason_of(engine)}; what it printed "
            "before says more (VLLM_LOGGING_LEVEL=INFO for all of it)"
        )

    def _load(self) -> Engine:
        check_installed()
        gpus = self._gpus()
        engine = open_engine(
            engine_keywords(self.settings, self.hardware, revision=self._revision, gpus=gpus, seed=self._seed)
        )
        self._loaded = {"engine": "vllm", "version": vllm_version(), "gpus": gpus, "load_s": round(engine.load_s, 3)}
        return engine

    def _gpus(self) -> int:
        """GPUs of this copy. A shard sees its own GPUs alone, whatever the number of shards."""
        alone = self.hardware.model_copy(update={"shards": 1, "launcher": "processes"})
        return self.hardware.gpus_per_model or max(1, fit(self.settings, alone).gpus_per_model)

    def _prepared(self, request: Request) -> _Prepared:
        detail = self.settings.images.detail
        images = tuple(ImagePart(image.data, image.media_type, detail) for image in request.images)
        chat = wire_messages(Call(messages=(Message("user", (*images, request.prompt)),)))
        return _Prepared(request, chat, sampling_keywords(self._decoding, request))

    async def _ask(self, engine: Engine, prepared: Sequence[_Prepared]) -> list[Outcome]:
        """All at once; where vLLM raises, in halves, down to the question that it raises for."""
        found = await self._thread.answer(engine, [one.chat for one in prepared], [one.decoding for one in prepared])
        if not isinstance(found, BaseException):
            outputs, seconds = found
            pairs = zip(prepared, outputs, strict=True)
            return [outcome_of(one.request, output, latency_s=seconds) for one, output in pairs]
        if is_engine_death(found):
            raise ModelUnusable(
                f"vLLM's engine ended ({reason_of(found)}); what it printed before says why. What is answered is kept: "
                "the same command loads it again and asks the rest"
            )
        if len(prepared) == 1:
            return [failure_of(found)]
        half = len(prepared) // 2
        return [*await self._ask(engine, prepared[:half]), *await self._ask(engine, prepared[half:])]
