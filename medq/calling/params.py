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
# provider: {parameter: reason}
_PROVIDER_DROPS: Mapping[str, Mapping[str, str]] = {
    "anthropic": {
        "seed": "Anthropic's API takes no seed",
        "logprobs": "Anthropic's API gives no log-probabilities",
        "top_logprobs": "Anthropic's API gives no log-probabilities",
    },
    "bedrock": {"seed": "Bedrock's converse API takes no seed", "logprobs": "Bedrock gives no log-probabilities"},
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
    provider = provider_of(model_id, api_base=api_base)
    name = provider.name if provider is not None else ""
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
