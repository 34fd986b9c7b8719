"""The stand-in in place of vLLM, a folder with weights, and what the stand-in saw."""

from __future__ import annotations

import json
import os
import struct
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from medq.hardware import HardwareSettings
from medq.models.interface import Request
from medq.models.settings import ModelSettings
from medq.models.vllm import VllmModel
from medq_tasks.images.sent import SentImage
from medq_tasks.item import Item

STAND_IN = Path(__file__).parent / "stand_in"
ARGUMENTS = ("--max-model-len", "16384", "--limit-mm-per-prompt", '{"image": 2}')
PNG = b"\x89PNG the bytes of a file"


@dataclass(frozen=True)
class StandIn:
    """`environment` makes a process load it; `seen` is what any process of the test had it note."""

    file: Path

    def seen(self, event: str) -> list[dict[str, Any]]:
        lines = self.file.read_text().splitlines() if self.file.exists() else []
        return [one for one in map(json.loads, lines) if one["event"] == event]

    def misbehave(self, mode: str) -> None:
        """From now on, in this process, until the end of the test."""
        os.environ["STAND_IN_MODE"] = mode

    def environment(self, mode: str = "") -> dict[str, str]:
        path = os.pathsep.join(filter(None, (str(STAND_IN), os.environ.get("PYTHONPATH"))))
        found = {"PYTHONPATH": path, "STAND_IN_FILE": str(self.file), "STAND_IN_MODE": mode, "OMP_NUM_THREADS": "1"}
        return {**os.environ, **found}


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """In this process too, until the end of the test."""
    found = StandIn(tmp_path / "vllm.jsonl")
    for name in ("VLLM_NO_USAGE_STATS", "DO_NOT_TRACK", "VLLM_WORKER_MULTIPROC_METHOD", "VLLM_LOGGING_LEVEL"):
        monkeypatch.setenv(name, "set by the test")
    monkeypatch.setenv("STAND_IN_FILE", str(found.file))
    monkeypatch.setenv("STAND_IN_MODE", "")
    monkeypatch.syspath_prepend(str(STAND_IN))
    monkeypatch.delitem(sys.modules, "vllm", raising=False)
    yield found
    sys.modules.pop("vllm", None)


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    """A folder in the layout of transformers, with a single number for a tensor."""
    folder = tmp_path / "weights"
    folder.mkdir()
    (folder / "config.json").write_text('{"model_type": "qwen2_5_vl"}')
    header = json.dumps({"one": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}).encode()
    (folder / "model.safetensors").write_bytes(struct.pack("<Q", len(header)) + header + b"\0" * 4)
    return folder


@pytest.fixture
def build(weights: Path) -> Callable[..., VllmModel]:
    """The model; `hardware` holds keys of the hardware, the others are of the model's settings."""

    def make(*, hardware: dict[str, Any] | None = None, seed: int = 0, **keys: Any) -> VllmModel:
        defaults = {"kind": "lmms", "name": "m", "id": "org/m", "path": weights, "served": {"vllm_args": ARGUMENTS}}
        place = {"name": "vllm_local", "place": "vllm_local", "batch_size": 256, **(hardware or {})}
        return VllmModel(ModelSettings(**{**defaults, **keys}), HardwareSettings(**place), seed=seed)

    return make


@pytest.fixture
def ask() -> Callable[..., Request]:
    """A question with as many images as are given."""

    def make(prompt: str, *images: bytes, seed: int = 5, letters: tuple[str, ...] = ()) -> Request:
        item = Item(prompt, "perception", prompt, ("x", "y"))
        return Request(item, prompt, tuple(map(_sent, images or (PNG,))), seed=seed, letters=letters)

    return make


def _sent(data: bytes) -> SentImage:
    return SentImage(data, "image/png", "h", "png", 64, 48, 8, "h", "png", bit_identical=True, lossless=True)
