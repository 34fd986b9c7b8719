"""The image that a model gets, with the ledger that proves what was done to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class SentImage:
    """An image as it is sent.

    `data` are the sent bytes and `media_type` their type ("image/png"). `sha256`, `format`, `width`, `height` and
    `bit_depth` describe the file as found; `sent_sha256` and `sent_format` what is sent. `bit_identical`: the sent
    bytes are the file's own. `lossless`: every pixel value of the file is kept. `window` is the declared map from
    stored values to 8 bits ({"low", "high", "source"}), None where no map was needed.
    """

    data: bytes
    media_type: str
    sha256: str
    format: str
    width: int
    height: int
    bit_depth: int
    sent_sha256: str
    sent_format: str
    bit_identical: bool
    lossless: bool
    window: Mapping[str, Any] | None = None
