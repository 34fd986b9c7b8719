"""What can be known to be wrong with vLLM inside this process before it is imported."""

from __future__ import annotations

from importlib.util import find_spec

from medq.errors import ConfigError
from medq.hardware import HardwareSettings
from medq.models.settings import ModelSettings
from medq.models.vllm.arguments import keyword_arguments
from medq.serving.check import check_served
from medq.serving.engine import measured_arguments


def check_installed() -> None:
    """Raises `ConfigError` with the command that installs vLLM where this Python has none."""
    if find_spec("vllm") is None:
        raise ConfigError(
            "hardware=vllm_local: no module vllm in this Python: install it beside medq (pip install vllm), or use "
            "hardware=vllm, whose server may have an environment of its own (hardware.server.command)"
        )


def check_in_process(settings: ModelSettings, hardware: HardwareSettings) -> None:
    """Raises `ConfigError` for weights that vLLM does not take, and for settings that it cannot follow here."""
    if hardware.server.command is not None:
        raise ConfigError(
            "hardware.server.command: expected null with hardware=vllm_local, which starts no server; use hardware=vllm"
        )
    check_served(settings, hardware)
    keyword_arguments(measured_arguments(settings, hardware))
