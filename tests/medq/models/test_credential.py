"""The line about a missing credential."""

from __future__ import annotations

import subprocess
import sys

import pytest

from medq.models.credential import missing_credential
from medq.models.settings import ModelSettings


def test_the_line_names_the_model_and_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XAI_API_KEY", raising=False)
    line = missing_credential(ModelSettings(kind="litellm", id="xai/grok-4-0709"))
    assert line is not None
    assert "xai/grok-4-0709" in line
    assert "XAI_API_KEY" in line
    assert "\n" not in line
    monkeypatch.setenv("XAI_API_KEY", "x-0123456789")
    assert missing_credential(ModelSettings(kind="litellm", id="xai/grok-4-0709")) is None


@pytest.mark.parametrize("kind", ["random", "iqa"])
def test_embedded_models_need_none(kind: str) -> None:
    assert missing_credential(ModelSettings.model_validate({"kind": kind})) is None


def test_asking_imports_no_client_library() -> None:
    code = (
        "import sys; from medq.models.credential import missing_credential;"
        "from medq.models.settings import ModelSettings;"
        "missing_credential(ModelSettings(kind='litellm', id='gemini/x'));"
        "print([name for name in ('litellm', 'openai', 'aiohttp') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
