"""From a chat completion's JSON to a reply: what the provider said is kept, what it left out is None."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from medq.calling.call import Fault, Reply
from medq.calling.faults import fault_from_status, protocol_fault


def read_completion(body: object, *, headers: Mapping[str, str] | None = None) -> Reply | Fault:
    """The reply in an OpenAI-shaped response body, or the fault that it amounts to.

    No choices, no message, or content that is neither text nor null is a protocol fault. An error object inside an
    HTTP 200, as gateways send it, is classified like an HTTP error.
    """
    if not isinstance(body, Mapping):
        return protocol_fault(f"{type(body).__name__}: {str(body)[:200]!r}")
    usage = _mapping(body.get("usage"))
    tokens_in, tokens_out = _tokens(usage, "prompt_tokens"), _tokens(usage, "completion_tokens")
    if body.get("error"):
        return _inner_error(body["error"])
    choice = _first(body.get("choices"))
    message = choice.get("message") if choice else None
    text = _text(message.get("content")) if isinstance(message, Mapping) else None
    if choice is None or not isinstance(message, Mapping) or text is None:
        found = "no choices" if not choice else "a choice without a message of text"
        fault = protocol_fault(f"{found}: {str(body)[:200]}")
        return Fault(fault.kind, fault.message, status=200, tokens_in=tokens_in, tokens_out=tokens_out)
    refusal = _refusal(message)
    finish = choice.get("finish_reason")
    return Reply(
        text=text or refusal or "",
        finish_reason="refusal" if refusal else finish,
        returned_model=body.get("model") or None,
        request_id=(headers or {}).get("x-request-id") or body.get("id"),
        tokens_in=tokens_in,
        tokens_out=tokens_out,
        logprobs=_logprobs(choice),
        notes=_notes(body, usage, provider_finish=finish if refusal else None),
    )


def _notes(body: Mapping[str, Any], usage: Mapping[str, Any], *, provider_finish: Any) -> dict[str, Any]:
    """What else must be recorded; without entries that are not there."""
    fingerprint = body.get("system_fingerprint")
    held = {
        "provider_finish_reason": provider_finish,
        "tokens_reasoning": _tokens(_mapping(usage.get("completion_tokens_details")), "reasoning_tokens"),
        "system_fingerprint": fingerprint if isinstance(fingerprint, str) else None,
    }
    return {name: value for name, value in held.items() if value}


def _inner_error(error: object) -> Fault:
    code = str(_mapping(error).get("code"))
    status = int(code) if code.isdigit() and 400 <= int(code) <= 599 else 500
    return fault_from_status(status, str(error))


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _first(choices: object) -> Mapping[str, Any] | None:
    if isinstance(choices, list) and choices and isinstance(choices[0], Mapping):
        return choices[0]
    return None


def _text(content: object) -> str | None:
    """Text of a message; "" for null, None for what is no text at all."""
    if content is None:
        return ""
    if isinstance(content, str):
        return content
    if isinstance(content, list) and all(isinstance(part, Mapping) for part in content):
        return "".join(str(part.get("text", "")) for part in content if part.get("type") in ("text", "output_text"))
    return None


def _refusal(message: Mapping[str, Any]) -> str | None:
    """The model's own refusal; LiteLLM keeps it among the provider's fields only."""
    inner = message.get("provider_specific_fields")
    said = message.get("refusal") or (inner.get("refusal") if isinstance(inner, Mapping) else None)
    return said if isinstance(said, str) and said else None


def _tokens(usage: Mapping[str, Any], name: str) -> int | None:
    count = usage.get(name)
    return count if isinstance(count, int) and not isinstance(count, bool) else None


def _logprobs(choice: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...] | None:
    held = choice.get("logprobs")
    content = held.get("content") if isinstance(held, Mapping) else None
    if not isinstance(content, list):
        return None
    return tuple(
        {
            "token": entry.get("token"),
            "logprob": entry.get("logprob"),
            "top": {top.get("token"): top.get("logprob") for top in entry.get("top_logprobs") or ()},
        }
        for entry in content
        if isinstance(entry, Mapping)
    )
