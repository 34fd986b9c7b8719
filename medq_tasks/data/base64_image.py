"""Base64 text as a table holds it, to the bytes of an image file."""

from __future__ import annotations

import binascii

from medq_tasks.errors import ImageError

_WHITESPACE = b" \t\r\n"


def decode_base64(text: bytes, name: str) -> bytes:
    """The bytes that strict base64 text stands for; white space and a `data:…;base64,` prefix are allowed.

    Raises `ImageError` for anything else: a broken cell must not become a shorter image.
    """
    body = text.strip()
    if body.startswith(b"data:"):
        body = body[body.find(b",") + 1 :]
    body = body.translate(None, _WHITESPACE)
    if not body:
        raise ImageError(f"{name}: expected base64 of an image, got an empty cell; put the image there")
    try:
        if len(body) % 4:
            raise binascii.Error(f"{len(body)} characters, not a multiple of 4")
        return binascii.a2b_base64(body, strict_mode=True)
    except binascii.Error as error:
        raise ImageError(
            f"{name}: expected base64 of an image, got text that is not ({error}); write the cell again from its file"
        ) from error
