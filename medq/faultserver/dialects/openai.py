"""OpenAI's chat completions, which vLLM, xAI, Mistral and most others speak too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from medq.faultserver.dialects.dialect import Completion
from medq.faultserver.prompt import Prompt, make_prompt


class OpenAIDialect:
    """POST .../chat/completions."""

    def read(self, body: Mapping[str, Any], *, model: str | None) -> Prompt:
        """Text parts and data URLs of all messages, in order."""
        texts: list[str] = []
        images: list[str] = []
        for message in body["messages"]:
            content = message["content"]
            parts = [{"type": "text", "text": content}] if isinstance(content, str) else content
            for part in parts:
                if part["type"] == "text":
                    texts.append(part["text"])
                else:
                    source = part["image_url"]
                    images.append(source if isinstance(source, str) else source["url"])
        asked = body.get("response_format") or {}
        return make_prompt(
            model=body["model"],
            texts=texts,
            images=images,
            schema=asked.get("json_schema", {}).get("schema"),
            logprobs=bool(body.get("logprobs")),
        )

    def write(self, completion: Completion) -> dict[str, Any]:
        """A `chat.completion` with one choice."""
        message: dict[str, Any] = {"role": "assistant", "content": completion.text, "refusal": None}
        if completion.soft == "refusal":
            message |= {"content": None, "refusal": completion.text}
        elif completion.soft == "null_content":
            message["content"] = None
        choice = {
            "index": 0,
            "message": message,
            "finish_reason": completion.finish,
            "logprobs": _logprobs(completion.text) if completion.prompt.logprobs else None,
        }
        body: dict[str, Any] = {
            "id": f"chatcmpl-{completion.prompt.content}",
            "object": "chat.completion",
            "created": 0,
            "model": completion.model,
            "choices": [] if completion.soft == "no_choices" else [choice],
        }
        if completion.soft != "no_usage":
            total = completion.tokens_in + completion.tokens_out
            body["usage"] = {
                "prompt_tokens": completion.tokens_in,
                "completion_tokens": completion.tokens_out,
                "total_tokens": total,
            }
        return body

    def error(self, *, status: int, message: str, code: str | None = None) -> dict[str, Any]:
        """`{"error": {...}}` with OpenAI's `code`."""
        return {"error": {"message": message, "type": f"http_{status}", "param": None, "code": code}}


def _logprobs(text: str) -> dict[str, Any]:
    """A log-probability of ln 0.8 for each word, ln 0.1 for its rival."""
    return {
        "content": [
            {
                "token": word,
                "logprob": -0.2231,
                "bytes": list(word.encode()),
                "top_logprobs": [
                    {"token": word, "logprob": -0.2231, "bytes": list(word.encode())},
                    {"token": "other", "logprob": -2.3026, "bytes": list(b"other")},
                ],
            }
            for word in text.split()
        ],
        "refusal": None,
    }
