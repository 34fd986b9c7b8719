"""A stand-in for vLLM: takes the names that `vllm.LLM`, `LLM.chat` and `SamplingParams` take, and no others.

What it says depends on a question's prompt, images and decoding alone. STAND_IN_FILE names the file in which it notes
what it sees, a JSON object a line; STAND_IN_MODE says how it misbehaves.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
import multiprocessing
import os
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

# Of LLM.__init__ and EngineArgs, as releases 0.8 to 0.20 have them; without those that some of them lack.
ENGINE_NAMES = {
    "tokenizer", "tokenizer_mode", "skip_tokenizer_init", "trust_remote_code", "tensor_parallel_size", "dtype",
    "quantization", "revision", "tokenizer_revision", "seed", "gpu_memory_utilization", "cpu_offload_gb",
    "enforce_eager", "hf_token", "hf_overrides", "mm_processor_kwargs", "max_model_len", "limit_mm_per_prompt",
    "generation_config", "distributed_executor_backend", "max_num_seqs", "enable_prefix_caching", "max_logprobs",
    "disable_log_stats", "kv_cache_dtype", "max_num_batched_tokens",
}  # fmt: skip
SLOW_S = 0.4


class EngineDeadError(Exception):
    """As `vllm.v1.engine.exceptions.EngineDeadError`: known by its name."""


@dataclass
class SamplingParams:
    n: int = 1
    presence_penalty: float = 0.0
    frequency_penalty: float = 0.0
    repetition_penalty: float = 1.0
    temperature: float = 1.0
    top_p: float = 1.0
    top_k: int = 0
    min_p: float = 0.0
    seed: int | None = None
    stop: list[str] | None = None
    max_tokens: int | None = 16
    min_tokens: int = 0
    logprobs: int | None = None

    def __post_init__(self) -> None:
        if self.temperature < 0 or not 0 < self.top_p <= 1 or (self.logprobs or 0) > 20:
            raise ValueError(f"{self} is out of range")

    def drawn_with(self) -> dict[str, object]:
        """What can change a text: nothing of sampling where it is greedy."""
        return asdict(self) if self.temperature else {"max_tokens": self.max_tokens}


@dataclass
class Logprob:
    logprob: float
    rank: int | None = None
    decoded_token: str | None = None


@dataclass
class CompletionOutput:
    text: str
    token_ids: list[int]
    finish_reason: str
    logprobs: list[dict[int, Logprob]] | None = None


@dataclass
class RequestOutput:
    request_id: str
    prompt_token_ids: list[int]
    outputs: list[CompletionOutput] = field(default_factory=list)


def note(event: str, **more: object) -> None:
    with Path(os.environ["STAND_IN_FILE"]).open("a", encoding="utf-8") as file:
        file.write(json.dumps({"event": event, "pid": os.getpid(), **more}) + "\n")


class LLM:
    def __init__(self, model: str, **keywords: object) -> None:
        note("tried")
        unknown = sorted(set(keywords) - ENGINE_NAMES)
        if unknown:
            raise TypeError(f"EngineArgs.__init__() got an unexpected keyword argument '{unknown[0]}'")
        if mode() == "no_memory":
            raise RuntimeError("Engine core initialization failed.\nSee root cause above.")
        self.child = None
        if mode() == "hangs":
            self.child = multiprocessing.get_context("spawn").Process(target=time.sleep, args=(600,), daemon=True)
            self.child.start()
        visible = {name: os.environ.get(name) for name in ("CUDA_VISIBLE_DEVICES", "CUDA_DEVICE_ORDER")}
        note("load", model=model, keywords=keywords, child=self.child and self.child.pid, **visible)
        self.limit = keywords.get("limit_mm_per_prompt", {"image": 1})["image"]
        self.count, self.queue = 0, []

    def chat(self, messages, sampling_params=None, use_tqdm=True):
        assert isinstance(messages, list)
        assert isinstance(sampling_params, list)
        assert len(messages) == len(sampling_params)
        note("chat", count=len(messages))
        if mode() == "dies":
            raise EngineDeadError("EngineCore encountered an issue. See stack trace (above) for the root cause.")
        time.sleep({"slow": SLOW_S, "hangs": 600}.get(mode(), 0))
        kept = list(self.queue) if mode() == "keeps" else []
        self.queue = kept
        for chat, parameters in zip(messages, sampling_params, strict=True):
            prompt, images = read(chat)
            if len(images) > self.limit or "TOO LONG" in prompt:
                raise ValueError("The decoder prompt (length 20000) is longer than the maximum model length of 16384.")
            self.count += 1
            self.queue.append(answer(str(self.count), prompt, images, parameters))
            note("asked", prompt=prompt, images=[hashlib.sha256(image).hexdigest() for image in images])
        found, self.queue = self.queue, []
        return found


def mode() -> str:
    return os.environ.get("STAND_IN_MODE", "")


def read(chat) -> tuple[str, list[bytes]]:
    """The prompt and the images, which come before it."""
    (message,) = chat
    assert message["role"] == "user"
    *pictures, text = message["content"]
    assert text["type"] == "text"
    urls = [picture["image_url"]["url"] for picture in pictures]
    assert all(url.startswith("data:image/png;base64,") for url in urls)
    return text["text"], [base64.b64decode(url.partition(",")[2]) for url in urls]


def answer(number: str, prompt: str, images: list[bytes], parameters: SamplingParams) -> RequestOutput:
    digest = hashlib.sha256(prompt.encode())
    for image in images:
        digest.update(image)
    digest.update(json.dumps(parameters.drawn_with(), sort_keys=True).encode())
    letter = "AB"[digest.digest()[0] % 2]
    tokens = list(range(len(prompt.split())))
    if parameters.logprobs is None:
        return RequestOutput(number, tokens, [CompletionOutput(f"The answer is {letter}.", [1, 2, 3], "stop")])
    listed = {0: ("A", 0.2), 1: (" A", 0.2), 2: ("B", 0.3), 3: ("The", 0.1)}
    logprobs = {number: Logprob(math.log(share), number, token) for number, (token, share) in listed.items()}
    return RequestOutput(number, tokens, [CompletionOutput("B", [2], "length", [logprobs])])
