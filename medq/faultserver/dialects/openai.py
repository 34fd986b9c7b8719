"""OpenAI's chat completions, which vLLM, xAI, Mistral and most others speak too."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from medq.faultserver.answering import letters_in
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
            top_logprobs=int(body.get("top_logprobs") or 0),
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
            "logprobs": _logprobs(completion.prompt, completion.text) if completion.prompt.logprobs else None,
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


def _logprobs(prompt: Prompt, text: str) -> dict[str, Any]:
    """Each word with its alternatives, as many as were asked for, the most probable first.

    A word has probability 0.8, a rival 0.1. Of the letters that were offered and not chosen the first has 0.04, each
    further one half as much, a quarter of it in the spelling with a space.
    """
    offered = letters_in(prompt)
    return {"content": [_token(word, offered, prompt.top_logprobs) for word in text.split()], "refusal": None}


def _token(word: str, offered: Sequence[str], count: int) -> dict[str, Any]:
    shares = {word: 0.8, "other": 0.1}
    if word in offered:
        for place, letter in enumerate(one for one in offered if one != word):
            share = 0.04 / 2**place
            shares |= {letter: 0.75 * share, f" {letter}": 0.25 * share}
    first, *_ = listed = [_entry(token, share) for token, share in sorted(shares.items(), key=lambda pair: -pair[1])]
    return {**first, "top_logprobs": listed[:count]}


def _entry(token: str, share: float) -> dict[str, Any]:
    return {"token": token, "logprob": round(math.log(share), 4), "bytes": list(token.encode())}
