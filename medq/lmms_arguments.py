"""What `lmms-eval --model medq --model_args ...` says: an option of `conf/model`, where it runs, and keys of both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from medq.errors import ConfigError
from medq.groups import near, options
from medq.hardware import HardwareSettings
from medq.models.settings import ModelSettings

HARDWARE = "cpu"
_RUN_KEYS = ("run.seed", "run.budget_usd")


@dataclass(frozen=True, slots=True)
class LmmsArguments:
    """The model, where it runs, and the run's own keys; `temperature_given`: the user's, not the task's, decides."""

    model: ModelSettings
    hardware: HardwareSettings
    seed: int
    budget_usd: float | None
    temperature_given: bool


def read_arguments(option: str, keys: Mapping[str, Any]) -> LmmsArguments:
    """The settings of model `option` with `keys` on top.

    A key without a dot is the model's (`id`, `api_base`, `path`, `concurrency`, `temperature`); `hardware` names an
    option of `conf/hardware`, `hardware.x` is a key of it; `run.seed` and `run.budget_usd` are the run's. Raises
    `ConfigError` naming what is unknown, missing or out of range.
    """
    from pydantic import ValidationError

    hardware = str(keys.get("hardware", HARDWARE))
    for group, chosen in (("model", option), ("hardware", hardware)):
        if chosen not in options(group):
            raise ConfigError(f"unknown {group} {chosen!r}: {near(chosen, options(group))}")
    plain = _composed(option, hardware, {_full(key): value for key, value in keys.items() if key != "hardware"})
    try:
        model = ModelSettings.model_validate(plain["model"])
        place = HardwareSettings.model_validate(plain["hardware"])
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        raise ConfigError(f"{key + ': ' if key else ''}{first['msg'].removeprefix('Value error, ')}") from error
    if place.launcher != "processes" or place.shards != 1:
        raise ConfigError(f"hardware={hardware} shares the questions among shards; lmms-eval asks in one process")
    run = plain["run"]
    return LmmsArguments(model, place, run["seed"], run["budget_usd"], _given(keys, "temperature"))


def _given(keys: Mapping[str, Any], name: str) -> bool:
    return name in keys or f"model.{name}" in keys


def _full(key: str) -> str:
    if key.startswith("run."):
        if key not in _RUN_KEYS:
            raise ConfigError(f"model_args: {key}: expected one of {', '.join(_RUN_KEYS)}; lmms-eval has its own run")
        return key
    return key if key.startswith(("model.", "hardware.")) else f"model.{key}"


def _composed(option: str, hardware: str, keys: Mapping[str, Any]) -> dict[str, Any]:
    from hydra import compose, initialize_config_dir
    from hydra.errors import HydraException
    from omegaconf import OmegaConf
    from omegaconf.errors import OmegaConfBaseException

    from medq.paths import CONF

    try:
        with initialize_config_dir(config_dir=str(CONF), version_base="1.3"):
            composed = compose(config_name="config", overrides=[f"model={option}", f"hardware={hardware}"])
        for key, value in keys.items():
            OmegaConf.update(composed, key, value)
        missing = sorted(key for key in OmegaConf.missing_keys(composed) if key.startswith(("model.", "hardware.")))
        if missing:
            raise ConfigError(
                f"{missing[0]} must be given: add {missing[0].removeprefix('model.')}=... to --model_args"
            )
        groups = ("model", "hardware", "run")
        return {group: OmegaConf.to_container(composed[group], resolve=True) for group in groups}
    except (HydraException, OmegaConfBaseException) as error:
        raise ConfigError(f"model_args: {' '.join(str(error).split())}") from error
