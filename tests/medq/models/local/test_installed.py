"""What is said where the extra `local` is missing."""

from __future__ import annotations

from typing import Any

import pytest

from medq.errors import ConfigError
from medq.models.local import installed


def test_what_is_missing_is_named_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def find_spec(name: str) -> Any:
        return None if name in {"torch", "lmms_eval"} else object()

    monkeypatch.setattr(installed, "find_spec", find_spec)
    with pytest.raises(ConfigError, match=r"need torch, lmms_eval, which is not installed: run `make local`") as caught:
        installed.check_installed()
    assert caught.value.exit_code == 2


def test_nothing_is_said_where_all_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed, "find_spec", lambda name: object())
    installed.check_installed()
