"""A request as the server understands it, whichever provider's dialect it came in."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Prompt:
    """`text` holds all text parts in order, `images` the base64 text or data URL of each, `content` a digest of it all.

    `schema` is the JSON schema that the answer was asked to follow, None for free text. `top_logprobs` is how
    many alternatives of each token were asked for.
    """

    model: str
    text: str
    images: tuple[str, ...]
    content: str
    schema: Mapping[str, Any] | None = None
    logprobs: bool = False
    top_logprobs: int = 0


def make_prompt(
    *,
    model: str,
    texts: Sequence[str],
    images: Sequence[str],
    schema: Mapping[str, Any] | None = None,
    logprobs: bool = False,
    top_logprobs: int = 0,
) -> Prompt:
    """A prompt whose digest ignores decoding parameters, so that a retry with other ones counts as the same content."""
    digest = hashlib.sha256(model.encode())
    for part in (*texts, *images):
        digest.update(b"\x1f")
        digest.update(part.encode())
    return Prompt(
        model=model,
        text="\n".join(texts),
        images=tuple(images),
        content=digest.hexdigest()[:16],
        schema=schema,
        logprobs=logprobs,
        top_logprobs=top_logprobs,
    )
