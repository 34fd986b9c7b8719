"""Reads an offline W&B run back: records in LevelDB's log format around protocol buffers.

The format is private to W&B, so only tests read it.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HEADER_BYTES, BLOCK_BYTES, PREFIX_BYTES = 7, 32768, 7
FULL, FIRST, MIDDLE, LAST = 1, 2, 3, 4


@dataclass
class Logged:
    """What a run told W&B."""

    config: dict[str, Any] = field(default_factory=dict)
    summary: dict[str, Any] = field(default_factory=dict)
    history: dict[str, Any] = field(default_factory=dict)
    artifacts: list[Any] = field(default_factory=list)
    run: Any = None


def read_offline_run(run_dir: Path) -> Logged:
    """Everything logged in the only offline run of a run directory."""
    from wandb.proto import wandb_internal_pb2

    (file,) = run_dir.glob("wandb/offline-run-*/*.wandb")
    logged = Logged()
    for data in _records(file.read_bytes()):
        record = wandb_internal_pb2.Record()
        record.ParseFromString(data)
        kind = record.WhichOneof("record_type")
        if kind == "run":
            logged.run = record.run
            logged.config |= {item.key: json.loads(item.value_json) for item in record.run.config.update}
        if kind == "summary":
            logged.summary |= {_key(item): json.loads(item.value_json) for item in record.summary.update}
        if kind == "history":
            logged.history |= {_key(item): json.loads(item.value_json) for item in record.history.item}
        if kind == "artifact":
            logged.artifacts.append(record.artifact)
        if kind == "request" and record.request.WhichOneof("request_type") == "log_artifact":
            logged.artifacts.append(record.request.log_artifact.artifact)
    return logged


@dataclass(frozen=True)
class LoggedTable:
    """A table as the server would show it; a picture's cell names one of `pictures`."""

    columns: list[str]
    rows: list[list[Any]]
    pictures: dict[str, Path]


def read_table(logged: Logged, name: str) -> LoggedTable:
    """A logged table, from the artifact that W&B makes of it."""
    (artifact,) = [one for one in logged.artifacts if one.type == "run_table" and one.name.endswith(f"-{name}")]
    files = {entry.path: Path(entry.local_path) for entry in artifact.manifest.contents}
    table = json.loads(files.pop(f"{name}.table.json").read_text(encoding="utf-8"))
    return LoggedTable(table["columns"], table["data"], files)


def _key(item: Any) -> str:
    return item.key or "/".join(item.nested_key)


def _records(data: bytes) -> Iterator[bytes]:
    place, parts = HEADER_BYTES, b""
    while place + PREFIX_BYTES <= len(data):
        left = BLOCK_BYTES - place % BLOCK_BYTES
        if left < PREFIX_BYTES:
            place += left
            continue
        _, length, kind = struct.unpack("<IHB", data[place : place + PREFIX_BYTES])
        parts += data[place + PREFIX_BYTES : place + PREFIX_BYTES + length]
        place += PREFIX_BYTES + length
        if kind in {FULL, LAST}:
            yield parts
            parts = b""
