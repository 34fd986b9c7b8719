"""What is wrong with a model that is to be served, said before anything is started."""

from __future__ import annotations

from collections.abc import Iterable

from medq.errors import ConfigError
from medq.hardware import HardwareSettings
from medq.models.settings import ModelSettings, ServedSettings

# Set by medq: another value would open the server to others, or keep medq from finding it.
RESERVED = ("--host", "--port", "--uds", "--api-key", "--served-model-name")


def check_served(settings: ModelSettings, hardware: HardwareSettings) -> None:
    """Raises `ConfigError` for weights that no server takes and for settings that a server cannot follow."""
    served = settings.served or ServedSettings()
    if served.refused is not None:
        raise ConfigError(f"model {settings.name or settings.id} cannot be served: {served.refused}")
    if settings.path is not None and not settings.path.is_dir():
        raise ConfigError(f"model.path={settings.path}: expected a folder with open weights, there is none")
    for line in _not_followed(hardware):
        raise ConfigError(line)
    for argument in (*served.vllm_args, *served.sglang_args, *hardware.server.args):
        if argument.partition("=")[0] in RESERVED:
            raise ConfigError(f"hardware.server.args: {argument.partition('=')[0]} is set by medq; leave it out")


def _not_followed(hardware: HardwareSettings) -> Iterable[str]:
    """What the run would record although the server does not do it."""
    if hardware.attention is not None:
        yield (
            f"hardware.attention={hardware.attention}: expected null with place={hardware.place}, which chooses its "
            "own; give its argument in hardware.server.args"
        )
    bounded = hardware.min_pixels is not None or hardware.max_pixels is not None
    if bounded and hardware.server.command is not None:
        yield "hardware.min_pixels, max_pixels: expected null with hardware.server.command; put them into the command"
    elif bounded and hardware.place == "sglang":
        yield (
            "hardware.min_pixels, max_pixels: expected null with sglang, some releases of which ignore them; "
            "use hardware=vllm"
        )
