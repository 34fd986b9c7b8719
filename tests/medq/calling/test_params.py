"""Decoding parameters made to fit."""

from __future__ import annotations

import pytest

from medq.calling.params import first_token_params, fit_params, no_first_token, no_logprobs

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


@pytest.mark.parametrize(
    "model_id",
    ["anthropic/claude-sonnet-4-20250514", "openai/gpt-5-2025-08-07", "azure/o3", "bedrock/x", "mistral/m", "groq/l"],
)
def test_providers_without_log_probabilities_are_known(model_id: str) -> None:
    assert "no log-probabilities" in str(no_logprobs(model_id))
    assert no_first_token(model_id) == no_logprobs(model_id)


@pytest.mark.parametrize("model_id", ["openai/gpt-4o-2024-08-06", "xai/grok-2-vision-1212", "gemini/gemini-2.0-flash"])
def test_others_give_them(model_id: str) -> None:
    assert (no_logprobs(model_id), no_first_token(model_id)) == (None, None)


@pytest.mark.parametrize("model_id", ["gemini/gemini-2.5-pro", "vertex_ai/gemini-3-pro", "xai/grok-4-0709"])
def test_models_that_think_first_have_no_first_token_to_look_at(model_id: str) -> None:
    assert "thinks" in str(no_first_token(model_id))
    assert no_first_token("hosted_vllm/grok-4-clone", api_base="http://127.0.0.1:1/v1") is None


@pytest.mark.parametrize(("model_id", "count"), [("openai/gpt-4o", 20), ("xai/grok-2", 8), ("fireworks_ai/m", 5)])
def test_one_token_is_asked_for_with_all_alternatives_that_the_provider_lists(model_id: str, count: int) -> None:
    sent = first_token_params(model_id, {**ASKED, "temperature": 1, "top_p": 0.5, "repetition_penalty": 1.0})
    assert sent == {
        "max_tokens": 1, "temperature": 0, "logprobs": True, "top_logprobs": count, "repetition_penalty": 1.0
    }  # fmt: skip
