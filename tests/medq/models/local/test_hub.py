"""Weights of the hub at one commit."""

from __future__ import annotations

from pathlib import Path

import pytest

from medq.errors import ConfigError
from medq.models.local import hub

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def test_the_commit_that_is_given_is_taken() -> None:
    assert hub.commit_of("org/name", COMMIT) == COMMIT


def test_without_one_the_commit_in_the_local_cache_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refs = tmp_path / "models--org--name" / "refs"
    refs.mkdir(parents=True)
    (refs / "main").write_text(COMMIT + "\n")
    monkeypatch.setattr(hub, "_cache", lambda: tmp_path)
    assert hub.commit_of("org/name", None) == COMMIT


def test_without_network_and_cache_the_missing_commit_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "_cache", lambda: tmp_path)
    with pytest.raises(ConfigError, match=r"model\.revision: expected the commit of org/name, got none, and the hub"):
        hub.commit_of("org/name", None)


def test_weights_that_cannot_be_downloaded_are_an_error_with_the_way_out() -> None:
    with pytest.raises(ConfigError, match=r"org/name-that-is-not-there at .* could not be downloaded .*model\.path="):
        hub.snapshot("org/name-that-is-not-there", COMMIT)
