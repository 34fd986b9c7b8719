from __future__ import annotations

from pathlib import Path

import pytest

from medq_tasks.environment import cache_dir, hub_endpoint, hub_offline


def test_the_cache_is_where_the_user_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDQ_CACHE", "~/chosen")
    assert cache_dir() == Path.home() / "chosen"


def test_the_cache_is_otherwise_in_the_platforms_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MEDQ_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", "/caches")
    for platform, folder in (("linux", Path("/caches")), ("darwin", Path.home() / "Library" / "Caches")):
        monkeypatch.setattr("sys.platform", platform)
        assert cache_dir() == folder / "medq"
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert cache_dir() == Path.home() / ".cache" / "medq"


def test_the_hub_is_the_public_one_unless_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_ENDPOINT", raising=False)
    assert hub_endpoint() == "https://huggingface.co"
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:8000/")
    assert hub_endpoint() == "http://127.0.0.1:8000"


@pytest.mark.parametrize(("value", "offline"), [("", False), ("0", False), ("1", True), ("TRUE", True)])
def test_offline_follows_the_hubs_own_variable(monkeypatch: pytest.MonkeyPatch, value: str, offline: bool) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", value)
    assert hub_offline() is offline
