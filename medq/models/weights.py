"""How large the weights in a local folder are, read from the headers of their files."""

from __future__ import annotations

from pathlib import Path

from medq.errors import ConfigError
from medq.models.safetensors import read_header

FLOATS = {"F64": 8, "F32": 4, "BF16": 2, "F16": 2}  # bytes; loading turns these into the run's dtype, and no others


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
    total = 0
    for tensor in read_header(file).tensors.values():
        start, end = tensor["data_offsets"]
        stored = FLOATS.get(tensor["dtype"])
        total += (end - start) * bytes_each // stored if stored else end - start
    return total
