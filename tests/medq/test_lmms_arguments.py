"""`--model_args` of medq's models inside lmms-eval."""

from __future__ import annotations

from typing import Any

import pytest

from medq.errors import ConfigError
from medq.lmms_arguments import read_arguments

SERVER: dict[str, Any] = {"id": "openai/tested", "api_base": "http://127.0.0.1:1/v1"}


def test_keys_are_the_models_and_the_rest_is_its_option() -> None:
    given = read_arguments("gpt4o", {"concurrency": 3, "images.detail": "high", "run.seed": 7, "run.budget_usd": 2})
    assert (given.model.id, given.model.concurrency, given.model.images.detail) == (
        "openai/gpt-4o-2024-08-06", 3, "high"
    )  # fmt: skip
    assert (given.seed, given.budget_usd, given.hardware.name, given.temperature_given) == (7, 2, "cpu", False)


def test_a_temperature_that_is_given_is_known_as_such() -> None:
    assert read_arguments("openai_compatible", {**SERVER, "temperature": 0.3}).temperature_given
    assert read_arguments("openai_compatible", {**SERVER, "model.temperature": 0.3}).model.temperature == 0.3


def test_hardware_is_an_option_and_its_keys() -> None:
    given = read_arguments("qwen7b", {"hardware": "gpu1", "hardware.batch_size": 4})
    assert (given.hardware.name, given.hardware.device, given.hardware.batch_size) == ("gpu1", "cuda", 4)


@pytest.mark.parametrize(
    ("option", "keys", "message"),
    [
        ("gpt4", {}, "unknown model 'gpt4': did you mean gpt4o"),
        ("gpt4o", {"hardware": "gpu3"}, "unknown hardware 'gpu3'"),
        ("gpt4o", {"concurency": 3}, "concurency"),
        ("gpt4o", {"concurrency": 0}, "concurrency: Input should be greater than 0"),
        ("gpt4o", {"run.limit": 3}, "run.limit: expected one of run.seed, run.budget_usd"),
        ("litellm", {}, r"model\.id"),
        ("replay", {}, r"model\.path"),
        ("qwen7b", {"hardware": "gpu8"}, "lmms-eval asks in one process"),
    ],
)
def test_wrong_arguments_are_told_in_one_line(option: str, keys: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=message) as raised:
        read_arguments(option, keys)
    assert "\n" not in str(raised.value)
