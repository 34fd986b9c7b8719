"""Which credential a model needs, and which key goes where."""

from __future__ import annotations

import pytest

from medq.calling.credentials import api_key, missing_variables
from medq.calling.providers import NO_KEY, PROVIDERS

LOCAL = "http://127.0.0.1:8000/v1"


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for provider in PROVIDERS.values():
        for names in provider.credentials:
            for name in names:
                monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("model_id", "missing"),
    [
        ("openai/gpt-4o", ("OPENAI_API_KEY",)),
        ("gpt-4o", ("OPENAI_API_KEY",)),
        ("anthropic/claude", ("ANTHROPIC_API_KEY",)),
        ("gemini/gemini-2.5-pro", ("GEMINI_API_KEY",)),
        ("bedrock/x", ("AWS_BEARER_TOKEN_BEDROCK",)),
        ("hosted_vllm/x", ()),
        ("unheard_of/x", ()),
    ],
)
def test_a_missing_credential_is_named(model_id: str, missing: tuple[str, ...]) -> None:
    assert missing_variables(model_id) == missing


def test_any_alternative_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_API_KEY", "g-0123456789")
    assert missing_variables("gemini/x") == ()
    assert api_key("gemini/x") == "g-0123456789"


def test_both_parts_of_a_credential_are_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a-0123456789")
    assert missing_variables("bedrock/x")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "s-0123456789")
    assert missing_variables("bedrock/x") == ()
    assert api_key("bedrock/x") is None


def test_a_profile_or_a_file_is_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "research-account")
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", "/home/me/google.json")
    assert (missing_variables("bedrock/x"), api_key("bedrock/x")) == ((), None)
    assert (missing_variables("vertex_ai/x"), api_key("vertex_ai/x")) == ((), None)


def test_a_server_of_one_s_own_needs_a_key_only_if_one_is_named() -> None:
    assert missing_variables("openai/x", api_base=LOCAL) == ()
    assert missing_variables("Qwen/x", api_base=LOCAL) == ()
    assert missing_variables("Qwen/x", api_base=LOCAL, api_key_env="MY_KEY") == ("MY_KEY",)


def test_the_named_variable_is_sent_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "o-0123456789")
    monkeypatch.setenv("MY_KEY", "m-0123456789")
    assert api_key("openai/x", api_base=LOCAL, api_key_env="MY_KEY") == "m-0123456789"
    assert api_key("openai/x") == "o-0123456789"


def test_the_key_of_openai_does_not_go_to_other_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "o-0123456789")
    assert api_key("Qwen/x", api_base=LOCAL) == NO_KEY
    assert api_key("hosted_vllm/x", api_base=LOCAL) == NO_KEY
