"""Settings that a server would not follow are refused, not recorded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from medq.errors import ConfigError
from medq.hardware import HardwareSettings
from medq.models.settings import ModelSettings
from medq.serving import check_served

SETTINGS = ModelSettings(kind="lmms", name="m", id="org/m")


@pytest.mark.parametrize(
    ("place", "keys", "told"),
    [
        ("vllm", {"attention": "eager"}, "hardware.attention=eager"),
        ("sglang", {"max_pixels": 1003520}, "use hardware=vllm"),
        ("vllm", {"max_pixels": 1003520, "server": {"command": "x {model}"}}, "put them into the command"),
        ("vllm", {"server": {"args": ("--host", "0.0.0.0")}}, "--host is set by medq"),
        ("vllm", {"server": {"args": ("--api-key=open",)}}, "--api-key is set by medq"),
    ],
)
def test_it_is_refused(place: str, keys: dict[str, Any], told: str) -> None:
    with pytest.raises(ConfigError, match=told.replace(".", r"\.")):
        check_served(SETTINGS, HardwareSettings(name=place, place=place, **keys))


def test_weights_that_no_server_takes_are_refused_with_the_reason() -> None:
    refused = SETTINGS.model_copy(update={"served": {"refused": "no engine knows its layers"}})
    refused = ModelSettings(kind="lmms", name="m", id="org/m", served={"refused": "no engine knows its layers"})
    with pytest.raises(ConfigError, match="m cannot be served: no engine knows its layers"):
        check_served(refused, HardwareSettings(name="vllm", place="vllm"))


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    lost = SETTINGS.model_copy(update={"path": tmp_path / "none"})
    with pytest.raises(ConfigError, match="expected a folder"):
        check_served(lost, HardwareSettings(name="vllm", place="vllm"))


def test_pixel_bounds_go_to_vllm() -> None:
    check_served(SETTINGS, HardwareSettings(name="vllm", place="vllm", min_pixels=3136, max_pixels=1003520))
