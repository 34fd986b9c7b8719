"""Weights that are loaded, or why they are not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from medq.errors import ConfigError
from medq.hardware import HardwareSettings
from medq.models.local import engine
from medq.models.local.decoding import Decoding
from medq.models.settings import LocalSettings

GREEDY = Decoding(max_tokens=6, temperature=0.0, top_p=None, top_k=None, repetition_penalty=1.0, seed=None)


@pytest.mark.parametrize("error", [Exception("data did not match"), MemoryError("no room"), KeyError("llava_x")])
def test_whatever_a_library_raises_while_it_loads_becomes_one_line(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(*_args: Any) -> Any:
        raise error

    monkeypatch.setattr(engine, "load", load)
    monkeypatch.setattr(engine, "check_installed", lambda: None)
    with pytest.raises(ConfigError, match=f"weights cannot be loaded by lmms-eval's llava_hf: {type(error).__name__}"):
        engine.open_engine(
            Path("weights"), LocalSettings(model="llava_hf"), HardwareSettings(name="cpu"), GREEDY, calls=2
        )
