"""The table at the head of a safetensors file: what tensors it holds and where, without reading them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from medq.errors import ConfigError

LENGTH_BYTES = 8
LARGEST_BYTES = 100 * 2**20  # the format's own bound


@dataclass(frozen=True, slots=True)
class Header:
    """`text` as it stands in the file; `tensors` by name, each with "dtype", "shape" and "data_offsets".

    The offsets (first and last byte) count from `data_at`, where the numbers begin.
    """

    text: bytes
    tensors: dict[str, Any]

    @property
    def data_at(self) -> int:
        """The place in the file where the numbers begin."""
        return LENGTH_BYTES + len(self.text)


def read_header(file: Path) -> Header:
    """The header of the file: a length of 8 bytes, then JSON. Raises `ConfigError` for a file of another format."""
    with file.open("rb") as stream:
        length = int.from_bytes(stream.read(LENGTH_BYTES), "little")
        if not 0 < length <= LARGEST_BYTES:
            raise ConfigError(f"{file}: expected a safetensors file, found another format; download it again")
        text = stream.read(length)
    try:
        tensors = dict(json.loads(text))
    except ValueError as error:
        raise ConfigError(
            f"{file}: expected a safetensors file, found a header that cannot be read, the file is cut off or damaged; "
            "download it again"
        ) from error
    tensors.pop("__metadata__", None)
    return Header(text, tensors)
