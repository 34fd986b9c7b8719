"""Whether the catalogue lets open weights run in a place at all: in medq's own processes, or in a server."""

from __future__ import annotations

from medq.errors import ConfigError
from medq.hardware import HardwareSettings
from medq.models.settings import ModelSettings

SERVER = "or name a server with model.api_base=http://HOST:PORT/v1"


def check_place(settings: ModelSettings, hardware: HardwareSettings) -> None:
    """Raises `ConfigError` with the reason why the weights do not run where `hardware` says, and with what would."""
    in_process = hardware.place == "process"
    here = settings.local if in_process else settings.served
    if here is None or here.refused is None:
        return
    other = settings.served if in_process else settings.local
    way = "hardware=vllm" if in_process else "hardware=gpu1 or gpu8"
    advice = f"use {way}, {SERVER}" if other is not None and other.refused is None else SERVER.removeprefix("or ")
    raise ConfigError(f"{settings.name} does not run with hardware={hardware.name}: {here.refused}; {advice}")
