"""The key is random, one for a process, known to `redact`; loopback is not a proxy's business."""

from __future__ import annotations

import os

import pytest

from medq.secrets import redact
from medq.serving.key import KEY_ENV, keep_loopback_direct, make_key, server_environment


def test_a_key_is_made_once_and_redacted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_ENV, "")
    make_key()
    first = os.environ[KEY_ENV]
    make_key()
    assert os.environ[KEY_ENV] == first
    assert len(first) > 30
    assert server_environment()["VLLM_API_KEY"] == first
    assert first not in redact(f"Authorization: {first}")


def test_loopback_is_added_to_the_hosts_without_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "example.org")
    monkeypatch.setenv("no_proxy", "")
    keep_loopback_direct()
    keep_loopback_direct()
    assert os.environ["NO_PROXY"] == "example.org,127.0.0.1"
    assert os.environ["no_proxy"] == "127.0.0.1"
