"""A planted key never gets out."""

from __future__ import annotations

import base64
import io
import json
import logging
import urllib.parse

import pytest

from medq.secrets import MASK, RedactSecrets, credential, redact, redact_data

KEY = 'sk-planted/+"0123456789abcdef'


@pytest.fixture(autouse=True)
def planted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)


@pytest.mark.parametrize(
    "form",
    [KEY, urllib.parse.quote(KEY, safe=""), json.dumps(KEY), base64.b64encode(KEY.encode()).decode()],
    ids=["plain", "percent-encoded", "json", "base64"],
)
def test_a_key_is_redacted_in_every_form(form: str) -> None:
    redacted = redact(f"error: sent {form}, refused")
    assert MASK in redacted
    assert "planted" not in redacted
    assert form not in redacted


@pytest.mark.parametrize("name", ["HF_TOKEN", "AWS_SECRET_ACCESS_KEY", "WANDB_API_KEY", "DB_PASSWORD", "my_credential"])
def test_values_are_secret_by_the_name_of_their_variable(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "value-of-nobody")
    assert redact("got value-of-nobody") == f"got {MASK}"


def test_a_variable_that_the_configuration_names_is_secret_whatever_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_LAB_SERVER", "hospital-gateway-pass")
    assert "hospital" in redact("hospital-gateway-pass")
    assert credential("MY_LAB_SERVER") == "hospital-gateway-pass"
    assert redact("hospital-gateway-pass") == MASK


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Bearer abc.def-123456",
        "Authorization: Basic YWJjLmRlZjoxMjM0NTY=",
        "https://user:pa55word@host/v1",
        "https://host/v1?key=AIzaSyABCDEFG",
        "Incorrect API key provided: sk-proj-a1B2c3D4e5F6g7H8i9",
        "key AIzaSyD-1234567890abcdefghijklmnopqrs",
        "id AKIAIOSFODNN7EXAMPLE",
    ],
)
def test_credentials_of_others_are_redacted_by_their_shape(text: str) -> None:
    redacted = redact(text)
    assert MASK in redacted
    for part in ("abc.def", "YWJjLm", "pa55word", "AIzaSy", "a1B2c3", "AKIAIOSFO"):
        assert part not in redacted


@pytest.mark.parametrize(
    "text",
    [
        "the token limit of 4096 is reached",
        "model openai/gpt-4o-2024-08-06 at https://api.openai.com/v1",
        "sk-learn and hf-hub are packages",
        "Basic research on the key finding",
    ],
)
def test_ordinary_text_stays(text: str) -> None:
    assert redact(text) == text


def test_short_values_blank_values_and_paths_are_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_KEY", "short")
    monkeypatch.setenv("OTHER_KEY", "")
    monkeypatch.setenv("SSH_AUTH_SOCK", "/run/agent/socket")
    assert redact("a short way to /run/agent/socket") == "a short way to /run/agent/socket"


def test_a_blank_credential_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XAI_API_KEY", "  ")
    assert credential("XAI_API_KEY") is None


def test_data_is_redacted_at_every_depth() -> None:
    data = {"a": [KEY, {"b": f"x {KEY}"}], KEY: 1, "n": 2.5, "none": None}
    assert redact_data(data) == {"a": [MASK, {"b": f"x {MASK}"}], MASK: 1, "n": 2.5, "none": None}


def test_log_lines_and_their_tracebacks_are_redacted() -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(RedactSecrets())
    logger = logging.getLogger("test_secrets")
    logger.addHandler(handler)
    logger.propagate = False
    try:
        raise ConnectionError(f"refused {KEY}")
    except ConnectionError:
        logger.exception("call with %s failed", KEY)
    finally:
        logger.removeHandler(handler)
    assert stream.getvalue().count(MASK) == 2
    assert "planted" not in stream.getvalue()
