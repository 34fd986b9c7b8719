"""How text is decoded."""

from __future__ import annotations

import pytest

from medq.errors import ConfigError
from medq.models.local.decoding import DEFAULT_MAX_TOKENS, decoding_of
from medq.models.settings import ModelSettings


def settings(**given: object) -> ModelSettings:
    return ModelSettings.model_validate({"kind": "lmms", "id": "org/name", **given})


def test_greedy_answers_do_not_depend_on_the_seed_of_the_run() -> None:
    greedy = decoding_of(settings(temperature=0, top_p=0.9))
    assert greedy.identity(run_seed=1) == greedy.identity(run_seed=2)
    assert decoding_of(settings()).identity(run_seed=0) == decoding_of(settings(temperature=0)).identity(run_seed=0)


def test_sampled_answers_do() -> None:
    sampled = decoding_of(settings(temperature=1.0))
    assert sampled.identity(run_seed=1) != sampled.identity(run_seed=2)
    fixed = decoding_of(settings(temperature=1.0, seed=5))
    assert fixed.identity(run_seed=1) == fixed.identity(run_seed=2)


def test_what_is_not_given_is_greedy_with_a_limit() -> None:
    found = decoding_of(settings())
    assert (found.temperature, found.max_tokens, found.repetition_penalty) == (0.0, DEFAULT_MAX_TOKENS, 1.0)


def test_a_parameter_without_meaning_here_is_an_error() -> None:
    with pytest.raises(ConfigError, match=r"model\.extra\.logprobs: expected repetition_penalty or top_k"):
        decoding_of(settings(extra={"logprobs": True}))
