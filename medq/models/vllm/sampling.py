"""One question's decoding as keywords of `vllm.SamplingParams`."""

from __future__ import annotations

from typing import Any

from medq.models.interface import Request
from medq.models.local.decoding import Decoding

# What vLLM lists unless it is told otherwise (`--max-logprobs`); as many as its server is asked for.
ALTERNATIVES = 20


def sampling_keywords(decoding: Decoding, request: Request) -> dict[str, Any]:
    """Greedy, or drawn with the question's own seed; for letters one token with its alternatives, never drawn."""
    greedy = {
        "max_tokens": decoding.max_tokens,
        "temperature": 0.0,
        "repetition_penalty": decoding.repetition_penalty,
    }
    if request.letters:
        return greedy | {"max_tokens": 1, "logprobs": ALTERNATIVES}
    if not decoding.sampled:
        return greedy
    drawn: dict[str, Any] = {
        "temperature": decoding.temperature,
        "top_p": decoding.top_p,
        "top_k": decoding.top_k,
        "seed": request.seed if decoding.seed is None else decoding.seed,
    }
    return greedy | {name: value for name, value in drawn.items() if value is not None}
