"""Weights on invented machines: what fits, on how many GPUs, and what is said where it does not."""

from __future__ import annotations

from typing import Any

import pytest

from medq.errors import ConfigError
from medq.hardware import HardwareSettings
from medq.machine import Gpu, Machine
from medq.models.fit import Fit, fit
from medq.models.settings import LocalSettings, ModelSettings, ServedSettings

SIZES_B = {"qwen7b": 8.3, "qwen32b": 33.5, "qwen72b": 73.4, "qwen235b": 235.7}
CARDS = {"L4": 22.5, "H100": 79.6, "H200": 140.4}
OPTIONS: dict[str, dict[str, Any]] = {
    "cpu": {"device": "cpu"},
    "gpu1": {"device": "cuda", "dtype": "bfloat16", "batch_size": 8, "gpus_per_model": 1},
    "gpu8": {"device": "cuda", "dtype": "bfloat16", "batch_size": 8, "shards": None},
    "vllm": {"device": "cuda", "dtype": "bfloat16", "place": "vllm"},
    "vllm_local": {"device": "cuda", "dtype": "bfloat16", "place": "vllm_local", "batch_size": 256, "shards": None},
    "slurm": {"device": "cuda", "dtype": "bfloat16", "batch_size": 8, "shards": 8, "launcher": "slurm"},
    "ray": {"device": "cuda", "dtype": "bfloat16", "batch_size": 8, "shards": 8, "launcher": "ray"},
}


def weights(name: str, **more: Any) -> ModelSettings:
    return ModelSettings(kind="lmms", name=name, id=f"org/{name}", parameters_b=SIZES_B.get(name), **more)


def hardware(option: str, **more: Any) -> HardwareSettings:
    return HardwareSettings(name=option, **(OPTIONS[option] | more))


def machine(count: int = 0, card: str = "H100", memory_gib: float = 256.0, cores: int = 16) -> Machine:
    gpus = tuple(Gpu(str(index), f"GPU-{index}", card, CARDS[card]) for index in range(count))
    return Machine(gpus, memory_gib, cores)


@pytest.mark.parametrize(
    ("name", "option", "count", "card", "expected"),
    [
        ("qwen7b", "gpu1", 1, "L4", (1, 1)),
        ("qwen7b", "gpu8", 8, "L4", (1, 8)),
        ("qwen32b", "gpu1", 1, "H100", (1, 1)),
        ("qwen32b", "gpu8", 8, "L4", (4, 2)),
        ("qwen72b", "gpu8", 8, "H100", (4, 2)),
        ("qwen72b", "gpu8", 3, "H100", (3, 1)),
        ("qwen72b", "vllm", 8, "H100", (4, 2)),
        ("qwen72b", "vllm_local", 8, "H100", (4, 2)),
        ("qwen7b", "vllm_local", 3, "H100", (1, 3)),
        ("qwen72b", "gpu8", 8, "H200", (2, 4)),
        ("qwen235b", "vllm", 8, "H100", (8, 1)),
    ],
)
def test_a_copy_takes_as_few_gpus_as_hold_it(
    name: str, option: str, count: int, card: str, expected: tuple[int, int]
) -> None:
    found = fit(weights(name), hardware(option), machine(count, card))
    assert (found.gpus_per_model, found.copies) == expected
    assert found.needed_gib is not None
    assert found.needed_gib <= expected[0] * CARDS[card]


@pytest.mark.parametrize(
    ("name", "option", "count", "card", "words"),
    [
        ("qwen72b", "gpu1", 1, "L4", ["needs about 140 GiB at bfloat16", "has 22 GiB (1 of 1 GPUs, L4)", "4 x 80 GB"]),
        ("qwen72b", "gpu1", 8, "H100", ["1 of 8 GPUs", "lay it on 4 of the GPUs", "model.api_base"]),
        ("qwen72b", "vllm", 1, "H100", ["hardware=vllm has 80 GiB", "4 x 80 GB"]),
        ("qwen235b", "gpu8", 8, "L4", ["8 of 8 GPUs", "8 x 80 GB"]),
        ("qwen7b", "gpu1", 0, "L4", ["needs a GPU", "hardware=cpu"]),
        ("qwen7b", "vllm", 0, "L4", ["needs a GPU", "model.api_base"]),
    ],
)
def test_a_wrong_fit_is_one_line_that_says_what_would_do(
    name: str, option: str, count: int, card: str, words: list[str]
) -> None:
    with pytest.raises(ConfigError) as caught:
        fit(weights(name), hardware(option), machine(count, card))
    assert "\n" not in str(caught.value)
    for word in words:
        assert word in str(caught.value)


def test_on_the_cpu_main_memory_counts_and_half_the_bytes_are_offered() -> None:
    small = machine(memory_gib=24.0)
    with pytest.raises(ConfigError, match=r"has 24 GiB of main memory: hardware\.dtype=bfloat16 would fit"):
        fit(weights("qwen7b"), hardware("cpu"), small)
    assert fit(weights("qwen7b"), hardware("cpu", dtype="bfloat16"), small).gpus_per_model == 0
    with pytest.raises(ConfigError, match=r"main memory: it fits on 2 x 24 GB|8 x 24 GB"):
        fit(weights("qwen72b"), hardware("cpu"), small)


def test_shards_null_is_as_many_copies_as_memory_and_cores_hold() -> None:
    tiny = weights("tiny").model_copy(update={"parameters_b": 0.001})
    assert fit(tiny, hardware("cpu", shards=None), machine(memory_gib=24.0, cores=4)).copies == 4
    assert fit(weights("qwen7b"), hardware("cpu", shards=None), machine(memory_gib=256.0, cores=64)).copies == 7


def test_more_shards_than_memory_holds_copies_are_refused_and_small_ones_share_a_gpu() -> None:
    with pytest.raises(ConfigError, match=r"hardware\.shards=9: .* memory for 8; set hardware\.shards=8 or null"):
        fit(weights("qwen7b"), hardware("gpu8", shards=9), machine(8, "L4"))
    assert fit(weights("qwen7b"), hardware("gpu8", shards=9), machine(8, "H100")).gpus_per_model == 1
    with pytest.raises(ConfigError, match="memory for 2"):
        fit(weights("qwen72b"), hardware("gpu8", shards=3), machine(8, "H100"))


def test_a_batch_that_does_not_fit_is_no_error_since_it_is_halved() -> None:
    found = fit(weights("qwen7b"), hardware("gpu1", batch_size=64), machine(1, "L4"))
    assert found.note is not None
    assert "hardware.batch_size=64 will not fit, and be halved" in found.note


def test_configured_numbers_win_over_the_driver() -> None:
    eight = machine(8, "L4")
    assert fit(weights("qwen7b"), hardware("gpu8", gpus_per_model=2), eight).copies == 4
    assert fit(weights("qwen72b"), hardware("gpu8", gpu_memory_gib=96.0), eight).gpus_per_model == 2
    with pytest.raises(ConfigError, match=r"hardware\.gpus_per_model=16: expected at most the 8 GPUs"):
        fit(weights("qwen7b"), hardware("gpu8", gpus_per_model=16), eight)


def test_vllm_in_this_process_leaves_no_gpu_to_a_second_copy() -> None:
    with pytest.raises(ConfigError, match=r"hardware\.shards=5: .* there is memory for 4"):
        fit(weights("qwen7b"), hardware("vllm_local", shards=5), machine(4))


@pytest.mark.parametrize("launcher", ["slurm", "ray"])
def test_on_a_cluster_this_machine_says_nothing(launcher: str) -> None:
    unchecked = fit(weights("qwen72b"), hardware(launcher), machine())
    assert (unchecked.gpus_per_model, unchecked.copies, unchecked.needed_gib) == (1, 8, None)
    assert unchecked.note is not None
    assert "not checked: hardware.gpu_memory_gib" in unchecked.note
    assert fit(weights("qwen72b"), hardware(launcher, gpu_memory_gib=79.6), machine()).gpus_per_model == 4
    with pytest.raises(ConfigError, match="gives it 2 x 22 GiB"):
        fit(weights("qwen72b"), hardware(launcher, gpu_memory_gib=22.5, gpus_per_model=2), machine())


def test_a_slurm_shard_without_a_gpu_has_the_memory_it_asks_for() -> None:
    on_nodes = {"device": "cpu", "dtype": "float32"}
    assert fit(weights("qwen7b"), hardware("slurm", **on_nodes), machine(memory_gib=8)).copies == 8
    with pytest.raises(ConfigError, match=r"hardware\.slurm\.memory_gib=64"):
        fit(weights("qwen32b"), hardware("slurm", **on_nodes), machine(memory_gib=8))
    note = fit(weights("qwen72b"), hardware("ray", **on_nodes), machine(memory_gib=8)).note
    assert note is not None
    assert "not checked" in note


def test_slurm_tried_out_on_this_machine_is_this_machine() -> None:
    local = hardware("slurm", slurm={"cluster": "local"})
    with pytest.raises(ConfigError, match="needs a GPU"):
        fit(weights("qwen7b"), local, machine())


def test_an_unknown_size_is_said_not_guessed() -> None:
    found = fit(weights("some-model"), hardware("gpu8"), machine(8))
    assert (found.gpus_per_model, found.copies) == (1, 8)
    assert found.note is not None
    assert "set model.parameters_b or model.path" in found.note


def test_a_command_of_one_s_own_is_not_second_guessed() -> None:
    found = fit(weights("qwen72b"), hardware("vllm", server={"command": "serve {model} --port {port}"}), machine())
    assert (found.gpus_per_model, found.needed_gib) == (1, None)


def test_weights_that_do_not_run_in_a_place_are_refused_before_their_size_is_looked_at() -> None:
    served_only = weights("x", local=LocalSettings(refused="its code is not in transformers"), served=ServedSettings())
    with pytest.raises(ConfigError, match="x does not run with hardware=gpu1"):
        fit(served_only, hardware("gpu1"), machine(1))


def test_a_model_without_weights_here_takes_nothing() -> None:
    assert fit(ModelSettings(kind="litellm", id="openai/x"), hardware("gpu8"), machine()) == Fit(0, 1)
