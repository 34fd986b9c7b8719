"""The size of weights on disk once they are loaded."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from medq.errors import ConfigError
from medq.models.weights import weights_bytes


def write(path: Path, **tensors: tuple[str, int]) -> None:
    """A safetensors file whose table says so: name to dtype and bytes; no numbers behind it."""
    at, table = 0, {"__metadata__": {"format": "pt"}}
    for name, (dtype, size) in tensors.items():
        table[name] = {"dtype": dtype, "shape": [size], "data_offsets": [at, at + size]}  # type: ignore[dict-item]
        at += size
    head = json.dumps(table).encode()
    path.write_bytes(len(head).to_bytes(8, "little") + head)


def test_floats_are_counted_in_the_dtype_they_are_loaded_in_and_quantised_weights_as_stored(tmp_path: Path) -> None:
    write(tmp_path / "model-00001-of-00002.safetensors", a=("BF16", 200), b=("F32", 400))
    write(tmp_path / "model-00002-of-00002.safetensors", c=("U8", 50))
    assert weights_bytes(tmp_path, 2) == 200 + 200 + 50
    assert weights_bytes(tmp_path, 4) == 400 + 400 + 50


def test_it_counts_what_torch_would_load(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    safetensors = pytest.importorskip("safetensors.torch")
    safetensors.save_file({"w": torch.zeros(3, 5, dtype=torch.bfloat16)}, tmp_path / "model.safetensors")
    assert weights_bytes(tmp_path, 4) == 3 * 5 * 4


@pytest.mark.parametrize(
    ("content", "words"), [(b"PK\x03\x04 a zip file", "another format"), (b"\x40" + bytes(7) + b"{", "cut off")]
)
def test_a_file_that_is_no_whole_safetensors_file_is_named(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "model.safetensors").write_bytes(content)
    with pytest.raises(ConfigError, match=words):
        weights_bytes(tmp_path, 2)


def test_a_folder_without_weights_is_told_apart_from_none(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="found none"):
        weights_bytes(tmp_path, 2)
    with pytest.raises(ConfigError, match="there is none"):
        weights_bytes(tmp_path / "nowhere", 2)
