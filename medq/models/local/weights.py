"""A folder with weights, and a fingerprint of what is in it that is cheap for 140 GB as well."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from medq.errors import ConfigError

BLOCK_BYTES = 4096
WHOLE_BYTES = 64 * 2**20
CONFIG = "config.json"


def check_folder(path: Path) -> dict[str, Any]:
    """The content of config.json. Raises `ConfigError` where the folder holds no weights that transformers can load."""
    file = path / CONFIG
    if not file.is_file():
        raise ConfigError(f"model.path={path}: expected a folder with {CONFIG} and the weights, found no {CONFIG}")
    if not any(path.glob("*.safetensors")):
        raise ConfigError(f"model.path={path}: expected weights as *.safetensors, found none")
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ConfigError(f"model.path={path}: {CONFIG} is no JSON ({error})") from None
    return dict(found)


def fingerprint(path: Path) -> str:
    """SHA-256 (hex) over the folder's files by name.

    Small files count in full; of a safetensors file its header, its size, and 4 KiB from the middle of every tensor:
    weights of the same shapes with other values differ there. Files that start with a dot do not count.
    """
    digest = hashlib.sha256()
    for file in sorted(one for one in path.iterdir() if one.is_file() and not one.name.startswith(".")):
        digest.update(f"{file.name}\0{file.stat().st_size}\0".encode())
        for block in _blocks(file):
            digest.update(block)
    return digest.hexdigest()


def _blocks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        if file.suffix == ".safetensors":
            yield from _of_tensors(stream, file)
        elif file.stat().st_size <= WHOLE_BYTES:
            yield stream.read()
        else:
            yield stream.read(BLOCK_BYTES)


def _of_tensors(stream: BinaryIO, file: Path) -> Iterator[bytes]:
    length = stream.read(8)
    header = stream.read(int.from_bytes(length, "little")) if len(length) == 8 else b""
    yield header
    try:
        tensors = json.loads(header)
    except ValueError as error:
        raise ConfigError(
            f"{file}: expected a safetensors file, found a header that cannot be read ({error})"
        ) from None
    for name, tensor in tensors.items():
        if name != "__metadata__":
            first, last = tensor["data_offsets"]
            stream.seek(8 + len(header) + first + max(0, (last - first - BLOCK_BYTES) // 2))
            yield stream.read(min(BLOCK_BYTES, last - first))
