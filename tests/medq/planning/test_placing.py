"""What a plan says of open weights."""

from __future__ import annotations

from typing import Any

import pytest
from hydra import compose, initialize_config_dir

from medq.compose import validate
from medq.machine import Gpu, Machine
from medq.models import fit as fits
from medq.paths import CONF
from medq.planning.placing import fit_notes


def notes(monkeypatch: pytest.MonkeyPatch, machine: Machine, *choices: str) -> list[str]:
    monkeypatch.setattr(fits, "this_machine", lambda: machine)
    with initialize_config_dir(str(CONF), version_base="1.3"):
        composed: Any = compose("config", ["+task=perception", *choices])
    return list(fit_notes(validate(composed)))


EIGHT = Machine(tuple(Gpu(str(index), f"GPU-{index}", "H100", 79.6) for index in range(8)), 256.0, 16)


def test_memory_gpus_and_copies_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    found = notes(monkeypatch, EIGHT, "model=qwen72b", "hardware=gpu8")
    assert found[0].startswith("qwen72b: 136.7 GiB of weights at bfloat16")
    assert "on 4 of 8 GPUs" in found[0]
    assert found[1] == "copies of the weights side by side: 2"


def test_a_wrong_fit_is_told_without_stopping_the_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    found = notes(monkeypatch, Machine((), 24.0, 2), "model=qwen72b", "hardware=gpu1")
    assert len(found) == 1
    assert found[0].startswith("before the run itself: hardware=gpu1 needs a GPU")


def test_a_model_without_weights_here_has_nothing_to_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    assert notes(monkeypatch, EIGHT, "model=gpt5", "hardware=gpu8") == []
