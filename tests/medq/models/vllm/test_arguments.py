"""The server's arguments as keywords of the engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from medq.errors import ConfigError
from medq.hardware import HardwareSettings
from medq.models.settings import LocalSettings, ModelSettings, ServedSettings
from medq.models.vllm.arguments import engine_keywords, keyword_arguments
from medq.serving.engine import measured_arguments

HARDWARE = HardwareSettings(name="vllm_local", place="vllm_local", dtype="bfloat16")
ARGUMENTS = ("--max-model-len", "4096", "--hf-overrides", '{"architectures": ["X"]}')
MODEL = ModelSettings(kind="lmms", id="org/m", served=ServedSettings(vllm_args=ARGUMENTS, sglang_args=("--x", "1")))


def test_the_catalogues_arguments_of_the_server_become_keywords() -> None:
    assert engine_keywords(MODEL, HARDWARE, revision="c0ffee", gpus=1, seed=3) == {
        "model": "org/m",
        "dtype": "bfloat16",
        "generation_config": "vllm",
        "tensor_parallel_size": 1,
        "seed": 3,
        "revision": "c0ffee",
        "tokenizer_revision": "c0ffee",
        "max_model_len": 4096,
        "hf_overrides": {"architectures": ["X"]},
    }


def test_they_are_those_that_the_server_gets() -> None:
    given = HARDWARE.model_copy(update={"max_pixels": 1003520})
    served = given.model_copy(update={"place": "vllm"})
    assert measured_arguments(MODEL, given) == measured_arguments(MODEL, served) != ()


def test_pixel_bounds_code_of_the_repository_and_the_users_arguments_are_among_them() -> None:
    model = MODEL.model_copy(update={"path": Path("w"), "local": LocalSettings(trust_remote_code=True)})
    hardware = HardwareSettings(
        name="v", place="vllm_local", min_pixels=3136, server={"args": ("--max-model-len", "8192", "--enforce-eager")}
    )
    found = engine_keywords(model, hardware, revision=None, gpus=4, seed=0)
    assert found["model"] == "w"
    assert "revision" not in found
    assert found["mm_processor_kwargs"] == {"min_pixels": 3136}
    assert found["trust_remote_code"] is found["enforce_eager"] is True
    assert found["max_model_len"] == 8192
    assert (found["tensor_parallel_size"], found["distributed_executor_backend"]) == (4, "mp")


@pytest.mark.parametrize("wrong", [("-tp", "4"), ("4",), ("--name", "a", "b"), ("--",)])
def test_an_argument_without_a_keyword_is_refused(wrong: tuple[str, ...]) -> None:
    with pytest.raises(ConfigError, match="use hardware=vllm"):
        keyword_arguments(wrong)


def test_words_and_negative_numbers_are_values() -> None:
    assert keyword_arguments(["--kv-cache-dtype", "fp8", "--seed", "-1"]) == {"kv_cache_dtype": "fp8", "seed": -1}
