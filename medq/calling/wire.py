"""Messages in OpenAI's JSON; base64 is made here, when an attempt starts, so that waiting calls hold bytes only."""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Callable
from typing import Any

from medq.calling.call import Call, ImagePart

# Stands for an image while the rest is encoded; new in every process, so no prompt can hold it.
_MARK = f"medq-image-{uuid.uuid4().hex}"


def wire_messages(call: Call) -> list[dict[str, Any]]:
    """The messages of `call`, images as data URLs; a message of a single text is a plain string."""
    return _messages(call, _data_url)


def wire_body(call: Call, *, model: str) -> bytes:
    """The request body as UTF-8 JSON, equal to encoding `wire_messages`."""
    return spliced_json(
        lambda mark: {"model": model, "messages": _messages(call, mark), **call.params},
        before=lambda image: f"data:{image.media_type};base64,",
    )


def spliced_json(
    body_with: Callable[[Callable[[ImagePart], str]], object], *, before: Callable[[ImagePart], str]
) -> bytes:
    """UTF-8 JSON of the body that `body_with` builds, in which its argument stands for an image as a string.

    The string is `before(image)` and the image's base64. It is spliced in afterwards: scanning it for characters to
    escape, of which it has none, takes most of the encoder's time.
    """
    images: list[ImagePart] = []

    def mark(image: ImagePart) -> str:
        images.append(image)
        return _MARK

    body = body_with(mark)
    pieces = json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode().split(_MARK.encode())
    spliced = [pieces[0]]
    for image, piece in zip(images, pieces[1:], strict=True):
        spliced += (before(image).encode(), base64.b64encode(image.data), piece)
    return b"".join(spliced)


def _messages(call: Call, url_of: Callable[[ImagePart], str]) -> list[dict[str, Any]]:
    messages: list[dict[str, Any]] = []
    for message in call.messages:
        if len(message.parts) == 1 and isinstance(message.parts[0], str):
            messages.append({"role": message.role, "content": message.parts[0]})
        else:
            parts = [
                {"type": "text", "text": part} if isinstance(part, str) else _image(part, url_of(part))
                for part in message.parts
            ]
            messages.append({"role": message.role, "content": parts})
    return messages


def _image(part: ImagePart, url: str) -> dict[str, Any]:
    image = {"url": url} if part.detail is None else {"url": url, "detail": part.detail}
    return {"type": "image_url", "image_url": image}


def _data_url(part: ImagePart) -> str:
    return f"data:{part.media_type};base64,{base64.b64encode(part.data).decode('ascii')}"
