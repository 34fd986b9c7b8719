"""How large the weights in a local folder are, read from the headers of their files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from medq.errors import ConfigError

FLOATS = {"F64": 8, "F32": 4, "BF16": 2, "F16": 2}  # bytes; loading turns these into the run's dtype, and no others
HEADER_LENGTH_BYTES = 8
LARGEST_HEADER_BYTES = 100 * 2**20  # the format's own bound


def weights_bytes(folder: Path, bytes_each: int) -> int:
    """Bytes that the weights in `folder` take once loaded with `bytes_each` bytes a floating-point number.

    Quantised tensors keep their stored size. Raises `ConfigError` where the folder, or weights in it, are missing.
    """
    if not folder.is_dir():
        raise ConfigError(f"model.path={folder}: expected a folder with open weights, there is none; check the path")
    files = sorted(folder.glob("*.safetensors"))
    if not files:
        raise ConfigError(f"model.path={folder}: expected *.safetensors files in it, found none; check the download")
    return sum(_bytes(file, bytes_each) for file in files)


def _bytes(file: Path, bytes_each: int) -> int:
    tensors = _header(file)
    tensors.pop("__metadata__", None)
    total = 0
    for tensor in tensors.values():
        start, end = tensor["data_offsets"]
        stored = FLOATS.get(tensor["dtype"])
        total += (end - start) * bytes_each // stored if stored else end - start
    return total


def _header(file: Path) -> dict[str, Any]:
    """The table at the head of a safetensors file: a length of 8 bytes, then JSON, name to dtype, shape and offsets."""
    with file.open("rb") as stream:
        length = int.from_bytes(stream.read(HEADER_LENGTH_BYTES), "little")
        if not 0 < length <= LARGEST_HEADER_BYTES:
            raise ConfigError(f"{file}: expected a safetensors file, found another format; download it again")
        try:
            return dict(json.loads(stream.read(length)))
        except ValueError as error:
            raise ConfigError(f"{file}: its header cannot be read, the file is cut off; download it again") from error
