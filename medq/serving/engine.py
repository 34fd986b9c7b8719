"""The command line of an engine's server: on loopback, under the model's id, with the model's and the user's arguments.

The key is none of it: command lines can be read by everyone on the machine. It travels in the environment.
"""

from __future__ import annotations

import importlib.util
import json
import shlex
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from medq.errors import ConfigError
from medq.hardware import HardwareSettings
from medq.models.settings import ModelSettings, ServedSettings
from medq.serving.port import HOST

OWN = "command"
SGLANG_SERVER = "medq.serving.sglang_server"


def engine_name(hardware: HardwareSettings) -> str:
    """The word for messages and the manifest: "vllm", "sglang", or "command" for the user's own."""
    return OWN if hardware.server.command is not None else hardware.place


def engine_command(settings: ModelSettings, hardware: HardwareSettings, *, port: int, gpus: int) -> tuple[str, ...]:
    """The arguments of the process that serves the model on `port` with `gpus` GPUs.

    Raises `ConfigError` where the engine is not installed.
    """
    weights = str(settings.path or settings.id)
    if hardware.server.command is not None:
        return _own(hardware.server.command, {"{model}": weights, "{port}": str(port), "{gpus}": str(gpus)}, hardware)
    if hardware.place == "vllm":
        engine = [_vllm(), "serve", weights, "--generation-config", "vllm", "--tensor-parallel-size", str(gpus)]
    else:
        _require_sglang()
        engine = [sys.executable, "-m", SGLANG_SERVER, "--model-path", weights]
        engine += ["--sampling-defaults", "openai", "--tp-size", str(gpus)]
    name = ("--served-model-name", str(settings.id), "--host", HOST, "--port", str(port), "--dtype", hardware.dtype)
    return (*engine, *name, *_revision(settings), *measured_arguments(settings, hardware))


def measured_arguments(settings: ModelSettings, hardware: HardwareSettings) -> tuple[str, ...]:
    """What the command says beyond weights, address and GPUs: any of it may change an answer."""
    if hardware.server.command is not None:
        return (hardware.server.command, *hardware.server.args)
    served = settings.served or ServedSettings()
    chosen = served.sglang_args if hardware.place == "sglang" else served.vllm_args
    return (*_code(settings, chosen), *chosen, *_pixels(hardware), *hardware.server.args)


def needs_gpus(hardware: HardwareSettings) -> bool:
    """Whether the command says on how many GPUs the weights lie."""
    return hardware.server.command is None or "{gpus}" in hardware.server.command


def _own(command: str, values: dict[str, str], hardware: HardwareSettings) -> tuple[str, ...]:
    parts = []
    for part in shlex.split(command):
        for name, value in values.items():
            part = part.replace(name, value)  # noqa: PLW2901
        parts.append(part)
    if not parts or not _found(parts[0]):
        raise ConfigError(f"hardware.server.command: expected a program that is there, got {command!r}; check its path")
    return (*parts, *hardware.server.args)


def _vllm() -> str:
    program = _found("vllm")
    if program is None:
        raise ConfigError(_missing("vllm", "no program vllm on PATH"))
    return program


def _require_sglang() -> None:
    if importlib.util.find_spec("sglang") is None:
        raise ConfigError(_missing("sglang", "no module sglang in this Python"))


def _missing(engine: str, found: str) -> str:
    return (
        f"hardware={engine}: {found}: install it (pip install {engine}; an environment of its own does, with its "
        f"command in hardware.server.command), or start the server yourself and give model.api_base"
    )


def _found(program: str) -> str | None:
    """The program on PATH, or beside this Python, whose environment need not be activated."""
    return shutil.which(program) or shutil.which(program, path=str(Path(sys.executable).parent))


def _revision(settings: ModelSettings) -> Sequence[str]:
    return () if settings.path is not None or settings.revision is None else ("--revision", settings.revision)


def _code(settings: ModelSettings, chosen: Sequence[str]) -> Sequence[str]:
    flag = "--trust-remote-code"
    wanted = settings.local is not None and settings.local.trust_remote_code
    return (flag,) if wanted and flag not in chosen else ()


def _pixels(hardware: HardwareSettings) -> Sequence[str]:
    bounds = {"min_pixels": hardware.min_pixels, "max_pixels": hardware.max_pixels}
    given = {name: value for name, value in bounds.items() if value is not None}
    return ("--mm-processor-kwargs", json.dumps(given)) if given else ()
