"""Decoding parameters made to fit a model; what it does not take is left out and said so, never silently."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from medq.calling.providers import bare_id, provider_of


@dataclass(frozen=True, slots=True)
class FittedParams:
    """`sent` goes out; `dropped` gives the reason for each one left out; `max_tokens_param` names the token limit."""

    sent: Mapping[str, Any]
    dropped: Mapping[str, str]
    max_tokens_param: str


# (pattern of the bare id, parameters, reason) of models served by OpenAI itself
_OPENAI_REASONING = re.compile(r"^(gpt-5|o1|o3|o4)")
_REASONING_DROPS = ("temperature", "top_p", "logprobs", "top_logprobs", "presence_penalty", "frequency_penalty")
# (provider, pattern of the bare id) of other models that think before they answer, whatever they are told
_THINKING = (
    ("gemini", re.compile(r"^gemini-(2\.5-pro|3)")),
    ("vertex_ai", re.compile(r"^gemini-(2\.5-pro|3)")),
    ("xai", re.compile(r"^grok-4(?!.*non-reasoning)")),
)
# The most alternatives of a token that a provider lists; others are asked for what OpenAI's protocol began with.
_MOST_ALTERNATIVES: Mapping[str, int] = {
    "openai": 20, "azure": 20, "hosted_vllm": 20, "deepseek": 20, "gemini": 20, "vertex_ai": 20, "xai": 8,
}  # fmt: skip
_ALTERNATIVES = 5
# They change which token is drawn, not how probable each of them is.
_SAMPLING = ("top_p", "top_k", "min_p", "seed", "n", "stop")
# provider: {parameter: reason}
_PROVIDER_DROPS: Mapping[str, Mapping[str, str]] = {
    "anthropic": {
        "seed": "Anthropic's API takes no seed",
        "logprobs": "Anthropic's API gives no log-probabilities",
        "top_logprobs": "Anthropic's API gives no log-probabilities",
    },
    "bedrock": {
        "seed": "Bedrock's converse API takes no seed",
        "logprobs": "Bedrock gives no log-probabilities",
        "top_logprobs": "Bedrock gives no log-probabilities",
    },
    "groq": {
        "logprobs": "Groq's API gives no log-probabilities",
        "top_logprobs": "Groq's API gives no log-probabilities",
    },
    "mistral": {
        "logprobs": "Mistral's API gives no log-probabilities",
        "top_logprobs": "Mistral's API gives no log-probabilities",
    },
}


def fit_params(model_id: str, params: Mapping[str, Any], *, api_base: str | None = None) -> FittedParams:
    """`params` without entries that are None or that the model refuses.

    `max_tokens` goes out as `max_completion_tokens` to OpenAI's reasoning models, which count their reasoning in it.
    Rules of OpenAI's own models hold for ids `openai/gpt-5...` at any `api_base`, proxies included.
    """
    name = _name(model_id, api_base)
    sent = {key: value for key, value in params.items() if value is not None}
    dropped: dict[str, str] = {}
    reasons = dict(_PROVIDER_DROPS.get(name, {}))
    limit = "max_tokens"
    if name in ("openai", "azure") and _OPENAI_REASONING.match(bare_id(model_id)):
        limit = "max_completion_tokens"
        reasons |= dict.fromkeys(_REASONING_DROPS, "OpenAI's reasoning models accept only their default")
    if name == "anthropic" and "temperature" in sent and "top_p" in sent:
        reasons["top_p"] = "Anthropic's API takes temperature or top_p, not both"
    for key, reason in reasons.items():
        if key in sent:
            del sent[key]
            dropped[key] = reason
    if limit != "max_tokens" and "max_tokens" in sent:
        sent[limit] = sent.pop("max_tokens")
    return FittedParams(sent=sent, dropped=dropped, max_tokens_param=limit)


def no_logprobs(model_id: str, *, api_base: str | None = None) -> str | None:
    """Why the model gives no log-probabilities of what it answers; None where it does, or nothing is known."""
    fitted = fit_params(model_id, {"logprobs": True}, api_base=api_base)
    name = _name(model_id, api_base)
    if name in ("openai", "azure") and fitted.dropped:
        return "OpenAI's reasoning models give no log-probabilities"
    return fitted.dropped.get("logprobs")


def no_first_token(model_id: str, *, api_base: str | None = None) -> str | None:
    """Why the log-probabilities of the answer's first token cannot be had; None where they can, or nothing is known."""
    name = _name(model_id, api_base)
    if any(name == provider and pattern.match(bare_id(model_id)) for provider, pattern in _THINKING):
        return "it thinks before its first token"
    return no_logprobs(model_id, api_base=api_base)


def first_token_params(model_id: str, params: Mapping[str, Any], *, api_base: str | None = None) -> dict[str, Any]:
    """`params` for an answer of which only the first token's log-probabilities are wanted.

    One token, temperature 0, as many alternatives as the provider lists; what else was given stays, sampling aside.
    """
    kept = {key: value for key, value in params.items() if key not in _SAMPLING}
    alternatives = _MOST_ALTERNATIVES.get(_name(model_id, api_base), _ALTERNATIVES)
    return kept | {"max_tokens": 1, "temperature": 0, "logprobs": True, "top_logprobs": alternatives}


def _name(model_id: str, api_base: str | None) -> str:
    provider = provider_of(model_id, api_base=api_base)
    return "" if provider is None else provider.name
