"""The fingerprint of a folder with weights."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from pathlib import Path

import pytest

from medq.errors import ConfigError
from medq.models.fingerprint import fingerprint


def write(folder: Path, tensors: Mapping[str, bytes]) -> Path:
    folder.mkdir(exist_ok=True)
    header, place = {}, 0
    for name, data in tensors.items():
        header[name] = {"dtype": "U8", "shape": [len(data)], "data_offsets": [place, place + len(data)]}
        place += len(data)
    text = json.dumps(header).encode()
    (folder / "model.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + b"".join(tensors.values()))
    (folder / "config.json").write_text('{"model_type": "tiny"}')
    return folder


TENSORS = {"first": b"a" * 100_000, "second": b"b" * 20}


def test_the_name_of_the_folder_and_hidden_files_do_not_count(tmp_path: Path) -> None:
    one, other = write(tmp_path / "one", TENSORS), write(tmp_path / "other", TENSORS)
    (other / ".lock").write_text("x")
    assert fingerprint(one) == fingerprint(other)


@pytest.mark.parametrize(
    "tensors",
    [
        {"first": b"a" * 49_999 + b"X" + b"a" * 50_000, "second": b"b" * 20},
        {"first": b"a" * 100_000, "second": b"b" * 19 + b"X"},
        {"first": b"a" * 100_000, "third": b"b" * 20},
    ],
)
def test_other_weights_of_the_same_size_have_another_fingerprint(tmp_path: Path, tensors: Mapping[str, bytes]) -> None:
    assert fingerprint(write(tmp_path / "one", TENSORS)) != fingerprint(write(tmp_path / "other", tensors))


def test_a_changed_tokenizer_changes_the_fingerprint(tmp_path: Path) -> None:
    folder = write(tmp_path / "one", TENSORS)
    before = fingerprint(folder)
    (folder / "chat_template.jinja").write_text("{{ messages }}")
    assert fingerprint(folder) != before


def test_a_file_that_is_no_safetensors_is_an_error(tmp_path: Path) -> None:
    folder = write(tmp_path / "one", TENSORS)
    (folder / "model.safetensors").write_bytes(b"\x04\0\0\0\0\0\0\0oops")
    with pytest.raises(ConfigError, match="a header that cannot be read"):
        fingerprint(folder)
