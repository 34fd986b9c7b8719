"""Anthropic's messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from medq.faultserver.dialects.dialect import Completion
from medq.faultserver.prompt import Prompt, make_prompt

_STOP_REASONS = {"stop": "end_turn", "length": "max_tokens", "content_filter": "refusal"}
_ERROR_TYPES = {
    400: "invalid_request_error",
    401: "authentication_error",
    402: "billing_error",
    403: "permission_error",
    404: "not_found_error",
    413: "request_too_large",
    429: "rate_limit_error",
    529: "overloaded_error",
}


class AnthropicDialect:
    """POST .../v1/messages."""

    def read(self, body: Mapping[str, Any], *, model: str | None) -> Prompt:
        """Text and base64 image blocks of the system prompt and all messages."""
        texts: list[str] = []
        images: list[str] = []
        blocks = _blocks(body.get("system", []))
        for message in body["messages"]:
            blocks += _blocks(message["content"])
        for block in blocks:
            if block["type"] == "text":
                texts.append(block["text"])
            elif block["type"] == "image":
                source = block["source"]
                images.append(source.get("data") or source.get("url"))
        return make_prompt(model=body["model"], texts=texts, images=images)

    def write(self, completion: Completion) -> dict[str, Any]:
        """A `message` with one text block."""
        empty = completion.soft in ("no_choices", "null_content") or not completion.text
        body: dict[str, Any] = {
            "id": f"msg_{completion.prompt.content}",
            "type": "message",
            "role": "assistant",
            "model": completion.model,
            "content": [] if empty else [{"type": "text", "text": completion.text}],
            "stop_reason": "refusal" if completion.soft == "refusal" else _STOP_REASONS[completion.finish],
            "stop_sequence": None,
            "usage": {"input_tokens": completion.tokens_in, "output_tokens": completion.tokens_out},
        }
        return body

    def error(self, *, status: int, message: str, code: str | None = None) -> dict[str, Any]:
        """`{"type": "error", ...}`."""
        kind = _ERROR_TYPES.get(status, "api_error")
        return {"type": "error", "error": {"type": kind, "message": message}}


def _blocks(content: Any) -> list[Any]:
    return [{"type": "text", "text": content}] if isinstance(content, str) else list(content)
