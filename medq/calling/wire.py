"""Messages in OpenAI's JSON; base64 is made here, when an attempt starts, so that waiting calls hold bytes only."""

from __future__ import annotations

import base64
from typing import Any

from medq.calling.call import Call, ImagePart


def wire_messages(call: Call) -> list[dict[str, Any]]:
    """The messages of `call`; a message of a single text is sent as a plain string."""
    messages: list[dict[str, Any]] = []
    for message in call.messages:
        if len(message.parts) == 1 and isinstance(message.parts[0], str):
            messages.append({"role": message.role, "content": message.parts[0]})
        else:
            messages.append({"role": message.role, "content": [_wire_part(part) for part in message.parts]})
    return messages


def _wire_part(part: str | ImagePart) -> dict[str, Any]:
    if isinstance(part, str):
        return {"type": "text", "text": part}
    url = f"data:{part.media_type};base64,{base64.b64encode(part.data).decode('ascii')}"
    image = {"url": url} if part.detail is None else {"url": url, "detail": part.detail}
    return {"type": "image_url", "image_url": image}
