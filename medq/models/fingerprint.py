"""What tells open weights from others in a model's identity, cheap for 140 GB as well."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from medq.models.safetensors import read_header
from medq.models.settings import ModelSettings

BLOCK_BYTES = 4096
WHOLE_BYTES = 64 * 2**20


def weights_identity(settings: ModelSettings, revision: str | None) -> Mapping[str, str | None]:
    """The fingerprint of a folder, for weights that lie in one; else the hub's commit `revision`."""
    return {"revision": revision} if settings.path is None else {"weights": fingerprint(settings.path)}


def fingerprint(path: Path) -> str:
    """SHA-256 (hex) over the folder's files by name.

    Small files count in full; of a safetensors file its header, its size, and 4 KiB from the middle of every tensor:
    weights of the same shapes with other values differ there. Files that start with a dot do not count. Raises
    `ConfigError` for a safetensors file that cannot be read.
    """
    digest = hashlib.sha256()
    for file in sorted(one for one in path.iterdir() if one.is_file() and not one.name.startswith(".")):
        digest.update(f"{file.name}\0{file.stat().st_size}\0".encode())
        for block in _of_tensors(file) if file.suffix == ".safetensors" else _plain(file):
            digest.update(block)
    return digest.hexdigest()


def _plain(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        yield stream.read() if file.stat().st_size <= WHOLE_BYTES else stream.read(BLOCK_BYTES)


def _of_tensors(file: Path) -> Iterator[bytes]:
    header = read_header(file)
    yield header.text
    with file.open("rb") as stream:
        for tensor in header.tensors.values():
            first, last = tensor["data_offsets"]
            stream.seek(header.data_at + first + max(0, (last - first - BLOCK_BYTES) // 2))
            yield stream.read(min(BLOCK_BYTES, last - first))
