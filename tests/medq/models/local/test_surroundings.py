"""What is set right around lmms-eval, and put back."""

from __future__ import annotations

import os
import sys

import pytest

from medq.hardware import HardwareSettings
from medq.models.local.surroundings import no_video_library, one_process
from medq.models.settings import LocalSettings
from tests.tiny_models import tiny


@pytest.mark.local
def test_processes_of_a_launcher_around_us_are_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    from medq.models.local.loading import load

    for name, value in {"RANK": "0", "LOCAL_RANK": "0", "WORLD_SIZE": "8", "MASTER_ADDR": "127.0.0.1"}.items():
        monkeypatch.setenv(name, value)
    loaded = load(tiny("llava"), LocalSettings(model="llava_hf"), HardwareSettings(name="cpu"))
    assert loaded.lm.accelerator.num_processes == 1
    assert os.environ["WORLD_SIZE"] == "8"


def test_the_environment_of_a_launcher_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RANK", "3")
    with one_process():
        assert "RANK" not in os.environ
    assert os.environ["RANK"] == "3"


def test_a_missing_video_library_is_not_missed_and_not_left_behind() -> None:
    before = set(sys.modules)
    with no_video_library():
        import decord

        assert decord.VideoReader is None
    assert before <= set(sys.modules)
    assert "decord" not in sys.modules
