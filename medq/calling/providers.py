"""Who serves a model id, which environment variables hold its credential, and which parameters it takes.

One table, read without importing any client library.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

# Sent to servers that ask for no key: client libraries insist on some text.
NO_KEY = "none"


@dataclass(frozen=True, slots=True)
class Provider:
    """`credentials` are alternatives, each a set of variables that must all be set; () means that no key is needed.

    `openai_protocol`: called by the OpenAI SDK, which is faster and keeps the error's own status. `json_schema`: takes
    one for its answer, as documented by the provider.
    """

    name: str
    credentials: tuple[tuple[str, ...], ...] = ()
    openai_protocol: bool = False
    json_schema: bool = False


_AWS = (
    ("AWS_BEARER_TOKEN_BEDROCK",),
    ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
    ("AWS_PROFILE",),
)

PROVIDERS: Mapping[str, Provider] = MappingProxyType(
    {
        provider.name: provider
        for provider in (
            Provider("openai", (("OPENAI_API_KEY",),), openai_protocol=True, json_schema=True),
            Provider("hosted_vllm", openai_protocol=True, json_schema=True),
            Provider("anthropic", (("ANTHROPIC_API_KEY",),)),
            Provider("gemini", (("GEMINI_API_KEY",), ("GOOGLE_API_KEY",)), json_schema=True),
            Provider("vertex_ai", (("GOOGLE_APPLICATION_CREDENTIALS",),)),
            Provider("xai", (("XAI_API_KEY",),), json_schema=True),
            Provider("mistral", (("MISTRAL_API_KEY",),), json_schema=True),
            Provider("azure", (("AZURE_API_KEY",),), json_schema=True),
            Provider("azure_ai", (("AZURE_AI_API_KEY",),)),
            Provider("bedrock", _AWS),
            Provider("groq", (("GROQ_API_KEY",),)),
            Provider("openrouter", (("OPENROUTER_API_KEY",),)),
            Provider("together_ai", (("TOGETHERAI_API_KEY",), ("TOGETHER_API_KEY",))),
            Provider("fireworks_ai", (("FIREWORKS_API_KEY",), ("FIREWORKS_AI_API_KEY",))),
            Provider("deepinfra", (("DEEPINFRA_API_KEY",),)),
            Provider("deepseek", (("DEEPSEEK_API_KEY",),)),
            Provider("dashscope", (("DASHSCOPE_API_KEY",),)),
            Provider("huggingface", (("HF_TOKEN",), ("HUGGINGFACE_API_KEY",))),
            Provider("cohere", (("COHERE_API_KEY",),)),
            Provider("ollama"),
        )
    }
)
_OPENAI_FAMILIES = ("gpt-", "chatgpt-", "o1", "o3", "o4")


def provider_of(model_id: str, *, api_base: str | None = None) -> Provider | None:
    """Who serves `model_id`; None when only LiteLLM can know.

    The part before the first slash decides. An id that names no known provider is OpenAI's own when it looks so, and
    the model name of an OpenAI-compatible server when `api_base` is given.

    >>> provider_of("anthropic/claude-sonnet-4-20250514").name
    'anthropic'
    >>> provider_of("Qwen/Qwen2.5-VL-7B-Instruct", api_base="http://127.0.0.1:8000/v1").name
    'hosted_vllm'
    """
    prefix = model_id.partition("/")[0]
    if "/" in model_id and prefix in PROVIDERS:
        return PROVIDERS[prefix]
    if api_base is not None:
        return PROVIDERS["hosted_vllm"]
    if "/" not in model_id and model_id.startswith(_OPENAI_FAMILIES):
        return PROVIDERS["openai"]
    return None


def bare_id(model_id: str) -> str:
    """The id without a known provider's prefix: what the OpenAI SDK sends as `model`."""
    prefix, slash, rest = model_id.partition("/")
    return rest if slash and prefix in PROVIDERS else model_id
