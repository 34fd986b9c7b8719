"""Open weights in this process: lmms-eval's chat classes behind medq's own interface, in chunks that are journalled."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from medq.errors import ConfigError
from medq.hardware import HardwareSettings
from medq.models.fingerprint import weights_identity
from medq.models.interface import Answer, Failure, Outcome, Request
from medq.models.local.checking import check_local
from medq.models.local.decoding import decoding_of
from medq.models.local.engine import Engine, open_engine
from medq.models.local.generating import OutOfMemory, Row
from medq.models.local.hub import commit_of, snapshot
from medq.models.local.ledger import Ledger
from medq.models.local.memory import is_out_of_memory
from medq.models.local.processor import BACKEND
from medq.models.local.turn import Turn
from medq.models.settings import ModelSettings
from medq.secrets import redact
from medq_tasks.errors import ImageError

# One chunk is in the forward pass while the next is decoded and processed.
AHEAD = 2


class LmmsModel:
    """Answers with open weights through one of lmms-eval's chat classes; they are loaded at the first question.

    An answer depends on the question, the weights and the decoding alone: not on the chunk, the batch or the shard that
    it is in (in float32 up to the last bit of the logits). `seed` is the run's, which sampled answers depend on. Raises
    `ConfigError` for what can be known to be wrong before anything is loaded.
    """

    concurrency = AHEAD

    def __init__(self, settings: ModelSettings, hardware: HardwareSettings, *, seed: int = 0) -> None:
        self.settings = settings
        self.hardware = hardware
        self.chunk = hardware.batch_size
        self._local = check_local(settings, hardware)
        self._decoding = decoding_of(settings)
        self._lock = Lock()
        self._engine: Engine | None = None
        self._unusable: ConfigError | None = None
        self._ledger = Ledger()
        self._loaded: dict[str, Any] = {}
        self._revision = None if settings.path else commit_of(str(settings.id), settings.revision)
        self.identity: Mapping[str, Any] = {
            "kind": "lmms",
            "id": settings.id,
            **weights_identity(settings, self._revision),
            "class": self._local.model,
            "args": dict(self._local.args),
            "image_processor": BACKEND,
            "hardware": hardware.measured(),
            "decoding": self._decoding.identity(run_seed=seed),
        }

    async def answer(self, requests: Sequence[Request]) -> Sequence[Outcome]:
        """One outcome a request. Raises `ConfigError` when the weights cannot be loaded."""
        return await asyncio.to_thread(self._chunk, requests)

    def report(self) -> dict[str, Any]:
        """What the manifest says of the session: loading, batch size, and what the processor made of the images."""
        engine = self._engine
        if engine is not None:
            self._loaded |= {"batch_size": engine.generator.working, "batch_size_halved": engine.generator.halved}
        return {**self._loaded, "processor": self._ledger.summary()} if self._loaded else {}

    def look_back(self, asked: Iterable[tuple[str, int, Outcome | None]]) -> None:
        """Has the account of the images be on these questions, whoever answered them."""
        self._ledger = Ledger()
        for _, _, outcome in asked:
            if isinstance(outcome, Answer):
                self._ledger.add(outcome.notes.get("processor") or {})

    def notes(self) -> list[str]:
        """Lines for the user after the run: whether images reached the processor as they are, and a smaller batch."""
        halved = self._loaded.get("batch_size_halved")
        size = self._loaded.get("batch_size")
        smaller = [f"memory ran out at hardware.batch_size={self.chunk}: went on with {size}"] if halved else []
        return [*self._ledger.lines(), *smaller]

    async def close(self) -> None:
        """Ends a generation under way and frees the weights."""
        self.report()
        engine, self._engine = self._engine, None
        if engine is not None:
            engine.close()

    def _chunk(self, requests: Sequence[Request]) -> list[Outcome]:
        engine = self._opened()
        began = time.monotonic()
        made = engine.answer(requests)
        return [self._outcome(turn, row, time.monotonic() - began) for turn, row in made]

    def _opened(self) -> Engine:
        """The engine, opened by the first thread that asks; a failure stays one for all of them."""
        with self._lock:
            if self._unusable is not None:
                raise self._unusable
            if self._engine is None:
                try:
                    folder = self.settings.path or self._downloaded()
                    self._engine = open_engine(folder, self._local, self.hardware, self._decoding, calls=AHEAD)
                except ConfigError as error:
                    self._unusable = error
                    raise
                self._loaded = _described(self._engine)
            return self._engine

    def _downloaded(self) -> Path:
        return snapshot(str(self.settings.id), str(self._revision))

    def _outcome(self, turn: Turn, made: Row | BaseException | None, latency_s: float) -> Outcome:
        ended = turn.ended.exception()
        if isinstance(made, Row) and ended is None:
            return self._answer(turn, made, turn.ended.result(), latency_s)
        return _failure(made if isinstance(made, BaseException) else ended, latency_s)

    def _answer(self, turn: Turn, row: Row, text: str, latency_s: float) -> Answer:
        self._ledger.add(turn.seen)
        notes: dict[str, Any] = {"processor": dict(turn.seen)}
        if row.option_logprobs is not None:
            found = dict(row.option_logprobs)
            text = max(found, key=found.__getitem__, default="")
            notes["option_logprobs"] = found
        return Answer(
            text=text,
            finish_reason=row.finish_reason,
            latency_s=latency_s,
            tokens_in=row.tokens_in,
            tokens_out=row.tokens_out,
            notes=notes,
        )


def _failure(error: BaseException | None, latency_s: float) -> Failure:
    if isinstance(error, ImageError):
        return Failure("file", str(error), permanent=True, latency_s=latency_s)
    if isinstance(error, OutOfMemory) or (error is not None and is_out_of_memory(error)):
        message = f"memory ran out for this question alone ({error}); bound its pixels with hardware.max_pixels"
        return Failure("memory", " ".join(message.split()), latency_s=latency_s)
    return Failure("internal", redact(f"{type(error).__name__}: {error}"), permanent=True, latency_s=latency_s)


def _described(engine: Engine) -> dict[str, Any]:
    processor = engine.loaded.processor
    return {
        "class": f"{type(engine.loaded.lm).__module__}.{type(engine.loaded.lm).__name__}",
        "image_processor": type(processor.image_processor).__name__,
        "dtype": str(engine.loaded.model.dtype).removeprefix("torch."),
        "load_s": round(engine.load_s, 3),
    }
