"""What follows from a model's settings."""

from __future__ import annotations

import pytest

from medq.catalogue import entries, entry
from medq.errors import ConfigError


@pytest.mark.parametrize(
    ("option", "how", "at_24", "at_80"),
    [
        ("qwen7b", "qwen2_5_vl, server", 1, 1),
        ("qwen72b", "qwen2_5_vl, server", 8, 4),
        ("qwen3_235b", "huggingface, server", None, 8),
        ("janus_pro7b", "huggingface", 1, 1),
        ("bagel", "server", 2, 1),
        ("showo2_7b", "not by medq", None, None),
        ("gpt5", "API: openai", None, None),
        ("litellm", "API", None, None),
        ("hf", "huggingface, server", None, None),
        ("iqa", "embedded", None, None),
    ],
)
def test_how_a_model_runs_and_on_how_many_gpus(option: str, how: str, at_24: int | None, at_80: int | None) -> None:
    found = entry(option)
    assert (found.how, found.gpus("24 GB"), found.gpus("80 GB")) == (how, at_24, at_80)


def test_a_mixture_of_experts_needs_memory_for_all_of_them() -> None:
    taken = entry("qwen3_30b").need()
    assert taken is not None
    assert taken.weights == pytest.approx(31.1e9 * 2 / 2**30)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Lingshu", ["lingshu32b", "lingshu7b"]),
        ("gemma-3(4b)", ["gemma4b"]),
        ("llava_hf", ["bimedix2"]),
        ("no such", []),
    ],
)
def test_a_word_is_found_in_option_id_names_and_class(word: str, expected: list[str]) -> None:
    assert [one.option for one in entries(word)] == expected


def test_an_unknown_option_is_told_with_the_near_ones() -> None:
    with pytest.raises(ConfigError, match="did you mean qwen72b"):
        entry("qwen72")
