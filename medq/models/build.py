"""From a model's settings to a model that answers; what a kind needs is imported only when it is chosen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from medq.errors import ConfigError
from medq.models.interface import Model, Request
from medq.models.settings import ModelSettings

if TYPE_CHECKING:
    from medq.budget import Purse
    from medq.hardware import HardwareSettings


def check_model(settings: ModelSettings, *, purse: Purse | None = None) -> None:
    """What can be known to be wrong before anything is loaded: a credential, a file, a budget that cannot be kept.

    Raises `ConfigError`.
    """
    if settings.kind == "litellm":
        from medq.models.api import check_settings

        check_settings(settings, purse=purse)
    if settings.kind == "replay":
        _replay_file(settings)


def build_model(
    settings: ModelSettings, *, seed: int, hardware: HardwareSettings | None = None, purse: Purse | None = None
) -> Model:
    """The model of those settings, its calls paid from `purse`; open weights run where `hardware` says.

    Nothing is loaded and no server is started before the first question. Raises `ConfigError` for one that cannot be
    built.
    """
    if settings.kind == "random":
        from medq.models.random import Random

        return Random(seed)
    if settings.kind == "iqa":
        from medq.models.iqa import Iqa

        return Iqa(concurrency=settings.concurrency)
    if settings.kind == "replay":
        from medq.models.replay import Replay

        return Replay(_replay_file(settings))
    if settings.kind == "lmms" and hardware is not None:
        return _open_weights(settings, hardware, seed=seed)
    from medq.models.api import ApiModel

    return ApiModel(settings, readable=_readable, purse=purse)


def _open_weights(settings: ModelSettings, hardware: HardwareSettings, *, seed: int) -> Model:
    if hardware.place == "process":
        from medq.models.lmms import LmmsModel

        return LmmsModel(settings, hardware, seed=seed)
    if hardware.place == "vllm_local":
        from medq.models.vllm import VllmModel

        return VllmModel(settings, hardware, seed=seed)
    from medq.serving import ServedModel

    return ServedModel(settings, hardware, readable=_readable)


def _readable(request: Request, text: str) -> bool:
    """Whether a truncated answer can be used: a letter that can be read, or free text that is no open thought."""
    from medq.models.api import ends_outside_a_thought
    from medq_tasks.answers import read_answer

    if not request.item.options:
        return bool(text.strip()) and ends_outside_a_thought(request, text)
    return read_answer(text, request.item.options, finish_reason="length").letter is not None


def _replay_file(settings: ModelSettings) -> Path:
    if settings.path is None:
        raise ConfigError("model.path must be given: the jsonl, tsv, csv or xlsx file with the answers to replay")
    if not settings.path.is_file():
        raise ConfigError(f"model.path={settings.path}: there is no such file; give the file with the answers")
    return settings.path
