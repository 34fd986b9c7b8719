"""The one thread that an engine belongs to: it loads the engine, asks it, and frees it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from medq.models.vllm.engine import Chat, Engine
from medq.models.vllm.keeper import Keeper

_T = TypeVar("_T")


class EngineThread:
    """Loads the engine at the first question; `LLM` may not be called from several threads at a time.

    Everything that is raised comes back as a value, since vLLM and the libraries below it raise anything.
    """

    def __init__(self, load: Callable[[], Engine]) -> None:
        self._load = load
        self._thread = ThreadPoolExecutor(1, "medq-vllm")
        self._loading: Future[Engine] | None = None
        self._latest: Future[Any] | None = None
        self._keeper: Keeper | None = None

    async def open(self) -> Engine | BaseException:
        """The engine, loaded by the first call alone; why it cannot be, for all calls, where it cannot."""
        if self._loading is None:
            self._keeper = Keeper()
            self._loading = self._submit(self._load)
        return await _settled(self._loading)

    async def answer(
        self, engine: Engine, chats: Sequence[Chat], decodings: Sequence[Mapping[str, Any]]
    ) -> tuple[list[Any], float] | BaseException:
        """As `Engine.answer`, when the calls before it are over."""
        return await _settled(self._submit(lambda: engine.answer(chats, decodings)))

    async def close(self, *, wait: bool) -> None:
        """Frees the weights and ends vLLM's processes; without `wait` also those that are in mid-answer."""
        loading, idle = self._loading, self._latest is None or self._latest.done()
        if loading is not None and wait and idle and loading.exception() is None:
            await _settled(self._submit(loading.result().close))
        if self._keeper is not None:
            self._keeper.release()
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _submit(self, work: Callable[[], _T]) -> Future[_T]:
        future = self._thread.submit(work)
        self._latest = future
        return future


async def _settled(work: Future[_T]) -> _T | BaseException:
    waited = asyncio.wrap_future(work)
    try:
        await asyncio.wait({waited})
    finally:
        waited.cancel()
    error = waited.exception()
    return waited.result() if error is None else error
