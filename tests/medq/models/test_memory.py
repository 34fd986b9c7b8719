"""The memory that a copy of open weights takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from medq.hardware import HardwareSettings
from medq.models.memory import GIB, Need, need
from medq.models.settings import ModelSettings

GPU = HardwareSettings(name="gpu1", device="cuda", dtype="bfloat16")
VLLM = GPU.model_copy(update={"place": "vllm"})


def weights(size_b: float | None, **more: float) -> ModelSettings:
    return ModelSettings(kind="lmms", id="org/x", parameters_b=size_b, **more)  # type: ignore[arg-type]


def taken(settings: ModelSettings, hardware: HardwareSettings = GPU) -> Need:
    found = need(settings, hardware)
    assert found is not None
    return found


def test_weights_take_two_bytes_a_parameter_or_four() -> None:
    assert taken(weights(8.3)).weights == pytest.approx(8.3e9 * 2 / GIB)
    full = GPU.model_copy(update={"dtype": "float32"})
    assert taken(weights(8.3), full).weights == 2 * taken(weights(8.3)).weights
    assert taken(weights(8.3), full).question == 2 * taken(weights(8.3)).question


@pytest.mark.parametrize(
    ("size_b", "kib_a_token"),
    [(8.3, 57_344 / 1024), (8.0, 131_072 / 1024), (73.4, 327_680 / 1024)],
    ids=["Qwen2.5-VL-7B", "Llama-3.1-8B", "Qwen2.5-VL-72B"],
)
def test_the_allowance_covers_the_keys_and_values_of_known_models(size_b: float, kib_a_token: float) -> None:
    """Layers x key-value heads x 128 x 2 (keys, values) x 2 bytes, from the models' configurations."""
    allowed_kib = taken(weights(size_b)).question * 2**20 / 4_096
    assert kib_a_token <= allowed_kib < 3 * kib_a_token


def test_a_server_needs_room_for_a_longer_question() -> None:
    assert taken(weights(8.3), VLLM).question == 4 * taken(weights(8.3)).question


def test_idle_experts_take_memory_for_weights_and_none_for_keys_and_values() -> None:
    mixture, dense = taken(weights(30.0, active_b=3.0)), taken(weights(30.0))
    assert mixture.weights == dense.weights
    assert mixture.question == taken(weights(3.0)).question < dense.question


def test_each_device_and_each_question_adds_its_part() -> None:
    one = Need(weights=10.0, question=2.0, device=1.0)
    assert one.of(3, 4) == 10.0 + 3 * 2.0 + 4 * 1.0


def test_weights_in_a_folder_are_counted_whatever_the_catalogue_says(tmp_path: Path) -> None:
    head = b'{"w":{"dtype":"BF16","shape":[4],"data_offsets":[0,8]}}'
    (tmp_path / "model.safetensors").write_bytes(len(head).to_bytes(8, "little") + head + bytes(8))
    assert taken(weights(73.4).model_copy(update={"path": tmp_path})).weights == 8 / GIB


def test_without_a_size_nothing_is_made_up() -> None:
    assert need(weights(None), GPU) is None
