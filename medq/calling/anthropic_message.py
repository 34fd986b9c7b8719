"""Anthropic's messages: the request of a call, and the reply in an answer, as the single-call lane has them too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from medq.calling.call import Call, Fault, ImagePart, Message, Reply
from medq.calling.faults import one_line
from medq.calling.wire import spliced_json

# What OpenAI calls by another name: {our name: Anthropic's}
_PARAMS: Mapping[str, str] = {"stop": "stop_sequences", "max_completion_tokens": "max_tokens"}
# stop_reason: finish_reason, the words that the single-call lane gives for the same answer
_FINISH: Mapping[str, str] = {
    "end_turn": "stop",
    "stop_sequence": "stop",
    "max_tokens": "length",
    "refusal": "content_filter",
    "tool_use": "tool_calls",
}
MAX_TOKENS = 4096  # Anthropic insists on a limit; sent where the configuration gives none


def message_body(call: Call, *, model: str) -> bytes:
    """The request as UTF-8 JSON: the system's texts as `system`, images in base64 where they stand among the texts."""

    def body(mark: Callable[[ImagePart], str]) -> dict[str, Any]:
        system = [block for message in call.messages if message.role == "system" for block in _blocks(message, mark)]
        messages = [
            {"role": message.role, "content": _blocks(message, mark)}
            for message in call.messages
            if message.role != "system"
        ]
        params = {_PARAMS.get(name, name): value for name, value in call.params.items()}
        head = {"model": model, "max_tokens": MAX_TOKENS, **params, "messages": messages}
        return {**head, "system": system} if system else head

    return spliced_json(body, before=lambda image: "")


def read_message(body: object) -> Reply | Fault:
    """The reply in a `message`, or a protocol fault. Tokens read from or written to a cache count as input tokens."""
    content = body.get("content") if isinstance(body, Mapping) else None
    if not isinstance(body, Mapping) or not isinstance(content, list):
        return Fault(
            kind="protocol", message=f"expected a message of Anthropic's, got {one_line(str(body))}", status=200
        )
    blocks = [block for block in content if isinstance(block, Mapping)]
    usage = body.get("usage")
    usage = usage if isinstance(usage, Mapping) else {}
    stop = body.get("stop_reason")
    return Reply(
        text="".join(str(block.get("text", "")) for block in blocks if block.get("type") == "text"),
        finish_reason=_FINISH.get(stop, stop) if isinstance(stop, str) else None,
        returned_model=body.get("model") or None,
        request_id=body.get("id") or None,
        tokens_in=_sum(usage, "input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens"),
        tokens_out=_sum(usage, "output_tokens"),
        notes={"provider_finish_reason": stop} if stop == "refusal" else {},
    )


def _blocks(message: Message, mark: Callable[[ImagePart], str]) -> list[dict[str, Any]]:
    return [{"type": "text", "text": part} if isinstance(part, str) else _image(part, mark) for part in message.parts]


def _image(part: ImagePart, mark: Callable[[ImagePart], str]) -> dict[str, Any]:
    return {"type": "image", "source": {"type": "base64", "media_type": part.media_type, "data": mark(part)}}


def _sum(usage: Mapping[str, Any], first: str, *others: str) -> int | None:
    """The sum of the counts that are there; None without the first."""
    counts = [usage.get(name) for name in (first, *others)]
    if not isinstance(counts[0], int):
        return None
    return sum(count for count in counts if isinstance(count, int))
