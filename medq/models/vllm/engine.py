"""vLLM's engine, loaded into this process."""

from __future__ import annotations

import gc
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from medq.models.vllm.environment import prepare_environment

Chat = list[dict[str, Any]]


@dataclass(slots=True)
class Engine:
    """A loaded `vllm.LLM`, to be used by one thread; `load_s`: seconds that loading took."""

    llm: Any
    sampling: Any
    load_s: float

    def answer(self, chats: Sequence[Chat], decodings: Sequence[Mapping[str, Any]]) -> tuple[list[Any], float]:
        """A `RequestOutput` for each chat, in order, and the seconds that all of them took together.

        Raises whatever vLLM raises; it refuses all for one that it cannot take.
        """
        began = time.monotonic()
        parameters = [self.sampling(**decoding) for decoding in decodings]
        found = self.llm.chat(list(chats), sampling_params=parameters, use_tqdm=False)
        if len(found) < len(chats):
            raise RuntimeError(f"vLLM gave {len(found)} answers to {len(chats)} questions")
        # Releases before November 2025 keep the questions of a call that failed midway, and answer them in the next one
        # as well, in the order in which they came: the last ones are those of this call.
        return list(found)[len(found) - len(chats) :], time.monotonic() - began

    def close(self) -> None:
        """Frees the weights: vLLM ends its own processes when nobody holds the engine."""
        self.llm = None
        gc.collect()


def open_engine(keywords: Mapping[str, Any]) -> Engine:
    """Imports vLLM and loads the weights; raises whatever either of them raises."""
    began = time.monotonic()
    prepare_environment()
    vllm = import_module("vllm")
    llm = vllm.LLM(**keywords)
    return Engine(llm, vllm.SamplingParams, time.monotonic() - began)


def vllm_version() -> str | None:
    """The release, None where it has no metadata."""
    try:
        return version("vllm")
    except PackageNotFoundError:
        return None
