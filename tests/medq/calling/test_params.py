"""Decoding parameters made to fit."""

from __future__ import annotations

import pytest

from medq.calling.params import fit_params

ASKED = {"temperature": 0, "max_tokens": 100, "seed": 7, "top_p": None}


@pytest.mark.parametrize("model_id", ["openai/gpt-5-2025-08-07", "gpt-5", "openai/o3"])
def test_reasoning_models_of_openai_get_no_temperature_and_say_so(model_id: str) -> None:
    fitted = fit_params(model_id, ASKED)
    assert fitted.sent == {"max_completion_tokens": 100, "seed": 7}
    assert list(fitted.dropped) == ["temperature"]
    assert fitted.max_tokens_param == "max_completion_tokens"


@pytest.mark.parametrize("model_id", ["openai/gpt-4o-2024-08-06", "gemini/gemini-2.5-pro", "xai/grok-4-0709"])
def test_other_models_get_what_was_asked(model_id: str) -> None:
    fitted = fit_params(model_id, ASKED)
    assert fitted.sent == {"temperature": 0, "max_tokens": 100, "seed": 7}
    assert not fitted.dropped


def test_anthropic_gets_no_seed_and_temperature_or_top_p() -> None:
    fitted = fit_params("anthropic/claude-sonnet-4-20250514", {**ASKED, "top_p": 0.9})
    assert fitted.sent == {"temperature": 0, "max_tokens": 100}
    assert set(fitted.dropped) == {"seed", "top_p"}


def test_a_served_model_named_like_a_reasoning_model_keeps_its_parameters() -> None:
    assert fit_params("hosted_vllm/gpt-5-clone", ASKED, api_base="http://127.0.0.1:1/v1").sent["temperature"] == 0
