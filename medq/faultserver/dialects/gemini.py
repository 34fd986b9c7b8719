"""Google's generateContent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from medq.faultserver.dialects.dialect import Completion
from medq.faultserver.prompt import Prompt, make_prompt

_FINISH_REASONS = {"stop": "STOP", "length": "MAX_TOKENS", "content_filter": "SAFETY"}
_STATUS_WORDS = {400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND"}


class GeminiDialect:
    """POST .../models/MODEL:generateContent."""

    def read(self, body: Mapping[str, Any], *, model: str | None) -> Prompt:
        """Text and inline data of the system instruction and all contents."""
        texts: list[str] = []
        images: list[str] = []
        system = body.get("system_instruction") or body.get("systemInstruction") or {}
        for content in (system, *body["contents"]):
            for part in content.get("parts", []):
                if "text" in part:
                    texts.append(part["text"])
                else:
                    images.append((part.get("inline_data") or part["inlineData"])["data"])
        return make_prompt(model=model or "", texts=texts, images=images)

    def write(self, completion: Completion) -> dict[str, Any]:
        """A response with one candidate."""
        empty = completion.soft == "null_content" or not completion.text
        candidate = {
            "index": 0,
            "content": {"role": "model", "parts": [] if empty else [{"text": completion.text}]},
            "finishReason": "SAFETY" if completion.soft == "refusal" else _FINISH_REASONS[completion.finish],
        }
        body: dict[str, Any] = {
            "candidates": [] if completion.soft == "no_choices" else [candidate],
            "modelVersion": completion.model,
            "responseId": completion.prompt.content,
        }
        if completion.soft != "no_usage":
            total = completion.tokens_in + completion.tokens_out
            body["usageMetadata"] = {
                "promptTokenCount": completion.tokens_in,
                "candidatesTokenCount": completion.tokens_out,
                "totalTokenCount": total,
            }
        return body

    def error(self, *, status: int, message: str, code: str | None = None) -> dict[str, Any]:
        """`{"error": {...}}` with Google's status word."""
        word = _STATUS_WORDS.get(status, "RESOURCE_EXHAUSTED" if status == 429 else "UNAVAILABLE")
        return {"error": {"code": status, "message": message, "status": word}}
