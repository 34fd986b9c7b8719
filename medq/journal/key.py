"""The content address of an answer: everything that could have changed it, and nothing else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

KEY_VERSION = 1


def answer_key(identity: Mapping[str, Any], *, prompt: str, images: Sequence[str], sample: int) -> str:
    """The SHA-256 (hex) under which an answer is journalled.

    `identity` is the model's (kind, id, revision, decoding, server), `images` the SHA-256 of the image bytes as sent,
    in order, `sample` the number of the vote from 0. The item's id, the position in the file and the run do not
    enter: the same question to the same model is never paid for twice.

    >>> a = answer_key({"kind": "random"}, prompt="Is it sharp?", images=["00"], sample=0)
    >>> a == answer_key({"kind": "random"}, prompt="Is it sharp?", images=["01"], sample=0)
    False
    """
    material = {"v": KEY_VERSION, "model": identity, "prompt": prompt, "images": list(images), "sample": sample}
    text = json.dumps(material, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
