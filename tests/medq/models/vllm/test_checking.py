"""What is said before anything is imported."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest

from medq.errors import ConfigError
from medq.models.vllm import VllmModel, check_installed

Build = Callable[..., VllmModel]


@pytest.mark.usefixtures("stand_in")
def test_vllm_is_found_without_being_imported() -> None:
    check_installed()
    assert "vllm" not in sys.modules


def test_a_missing_vllm_comes_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("medq.models.vllm.checking.find_spec", lambda _: None)
    with pytest.raises(ConfigError, match=r"pip install vllm\), or use hardware=vllm"):
        check_installed()


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"hardware": {"server": {"command": "vllm serve {model}"}}}, "which starts no server"),
        ({"hardware": {"attention": "eager"}}, "expected null with place=vllm_local"),
        ({"hardware": {"server": {"args": ("--port", "8000")}}}, "--port is set by medq"),
        ({"hardware": {"server": {"args": ("-tp", "2")}}}, "expected --name value"),
        ({"served": {"refused": "no engine has its architecture"}}, "no engine has its architecture"),
        ({"extra": {"min_p": 0.1}}, r"model\.extra\.min_p"),
    ],
)
def test_what_vllm_cannot_follow_is_refused(keys: dict[str, Any], words: str, build: Build) -> None:
    with pytest.raises(ConfigError, match=words):
        build(**keys)
