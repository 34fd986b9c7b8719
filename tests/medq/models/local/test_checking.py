"""What is said before torch is imported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from medq.errors import ConfigError
from medq.hardware import HardwareSettings
from medq.models.local.checking import check_local
from medq.models.settings import LocalSettings, ModelSettings


def settings(**given: Any) -> ModelSettings:
    return ModelSettings(**{"kind": "lmms", "id": "org/name", "name": "name", **given})


def folder(path: Path, model_type: str) -> Path:
    (path / "config.json").write_text(f'{{"model_type": "{model_type}"}}')
    (path / "model.safetensors").write_bytes(b"")
    return path


def test_weights_of_another_family_than_the_class_are_an_error(tmp_path: Path) -> None:
    wrong = settings(local=LocalSettings(model="qwen2_5_vl"), path=folder(tmp_path, "gemma3"))
    with pytest.raises(ConfigError, match=r"expected weights of qwen2_5_vl for lmms-eval's qwen2_5_vl, got gemma3"):
        check_local(wrong)


def test_the_generic_class_takes_any_family(tmp_path: Path) -> None:
    check_local(settings(local=LocalSettings(model="huggingface"), path=folder(tmp_path, "gemma3")))


@pytest.mark.parametrize("name", ["internvl_hf", "llava_hf"])
def test_bounds_on_pixels_are_refused_where_the_processor_has_none(name: str) -> None:
    bounded = HardwareSettings(name="cpu", max_pixels=1000)
    with pytest.raises(ConfigError, match=r"hardware\.min_pixels and max_pixels: the processor of name .* has no such"):
        check_local(settings(local=LocalSettings(model=name)), bounded)
    check_local(settings(local=LocalSettings(model="qwen2_5_vl")), bounded)


def test_what_hardware_sets_is_not_set_twice() -> None:
    with pytest.raises(ConfigError, match=r"model\.local\.args\.batch_size: is set by hardware"):
        check_local(settings(local=LocalSettings(model="huggingface", args={"batch_size": 3})))


@pytest.mark.parametrize("local", [None, LocalSettings(refused="its code is not here")])
def test_weights_that_only_a_server_can_run_say_so(local: LocalSettings | None) -> None:
    with pytest.raises(ConfigError, match=r"model name: cannot run in this process: .*; use hardware=vllm"):
        check_local(settings(local=local))
