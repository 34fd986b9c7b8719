"""The command lines of the engines, as their documentation has them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from medq.errors import ConfigError
from medq.hardware import HardwareSettings
from medq.models.settings import ModelSettings
from medq.serving.engine import engine_command, needs_gpus

ARGUMENTS = ("--max-model-len", "16384")
SETTINGS = ModelSettings(kind="lmms", name="m", id="org/m", revision="abc", served={"vllm_args": ARGUMENTS})


def on(place: str, **keys: Any) -> HardwareSettings:
    return HardwareSettings(name=place, place=place, device="cuda", dtype="bfloat16", **keys)


def test_vllm_serves_the_pinned_revision_on_loopback_with_its_own_sampling_defaults(
    engine: Any, monkeypatch: Any
) -> None:
    monkeypatch.setenv("PATH", str(engine.folder))
    command = engine_command(SETTINGS, on("vllm", server={"args": ("--seed", "0")}), port=7000, gpus=4)
    assert command == (
        str(engine.folder / "vllm"), "serve", "org/m", "--generation-config", "vllm", "--tensor-parallel-size", "4",
        "--served-model-name", "org/m", "--host", "127.0.0.1", "--port", "7000", "--dtype", "bfloat16",
        "--revision", "abc", "--max-model-len", "16384", "--seed", "0",
    )  # fmt: skip


def test_a_folder_of_weights_has_no_revision_and_keeps_the_models_name(engine: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("PATH", str(engine.folder))
    local = SETTINGS.model_copy(update={"path": Path("/weights")})
    command = engine_command(local, on("vllm"), port=7000, gpus=1)
    assert command[2] == "/weights"
    assert "--revision" not in command
    assert command[command.index("--served-model-name") + 1] == "org/m"


def test_pixel_bounds_and_code_of_the_model_go_to_vllm(engine: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("PATH", str(engine.folder))
    trusted = SETTINGS.model_copy(update={"local": SETTINGS.local or _trusting()})
    command = engine_command(trusted, on("vllm", min_pixels=3136, max_pixels=1003520), port=7000, gpus=1)
    assert command[command.index("--mm-processor-kwargs") + 1] == '{"min_pixels": 3136, "max_pixels": 1003520}'
    assert "--trust-remote-code" in command


def test_sglang_is_started_without_its_key_on_the_command_line(monkeypatch: Any, tmp_path: Path) -> None:
    (tmp_path / "sglang").mkdir()
    (tmp_path / "sglang" / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    command = engine_command(SETTINGS, on("sglang"), port=7000, gpus=2)
    assert command[1:] == (
        "-m", "medq.serving.sglang_server", "--model-path", "org/m", "--sampling-defaults", "openai", "--tp-size", "2",
        "--served-model-name", "org/m", "--host", "127.0.0.1", "--port", "7000", "--dtype", "bfloat16",
        "--revision", "abc",
    )  # fmt: skip


def test_an_own_command_is_filled_in_and_keeps_other_braces(engine: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("PATH", str(engine.folder))
    own = on("vllm", server={"command": "vllm serve {model} --port {port} --limits '{\"image\": 2}'", "args": ("-x",)})
    assert engine_command(SETTINGS, own, port=7000, gpus=1) == (
        "vllm", "serve", "org/m", "--port", "7000", "--limits", '{"image": 2}', "-x",
    )  # fmt: skip
    assert not needs_gpus(own)


@pytest.mark.parametrize("place", ["vllm", "sglang"])
def test_an_engine_that_is_not_installed_is_told_with_what_to_do(place: str, monkeypatch: Any, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ConfigError, match=rf"(?s)hardware={place}.*pip install {place}.*model\.api_base"):
        engine_command(SETTINGS, on(place), port=1, gpus=1)


def test_an_own_command_that_is_not_there_is_refused() -> None:
    with pytest.raises(ConfigError, match="expected a program that is there"):
        engine_command(SETTINGS, on("vllm", server={"command": "no-such-engine {model}"}), port=1, gpus=1)


def _trusting() -> Any:
    return ModelSettings(kind="lmms", id="x", local={"trust_remote_code": True}).local
