"""The model of a run: as configured, and with its options scored by probability where the task says so."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from medq.calling.params import no_first_token, no_logprobs
from medq.errors import ConfigError
from medq.models.build import build_model, check_model
from medq.models.interface import Model
from medq.models.option_scoring import OptionScored, first_token_settings
from medq.models.settings import ModelSettings
from medq.run.task_kinds import task_kind
from medq.schema import RunConfig, TaskSettings

if TYPE_CHECKING:
    from medq.budget import Purse
    from medq.hardware import HardwareSettings


def run_model(config: RunConfig, *, purse: Purse | None = None) -> Model:
    """The model that answers the questions of the run; nothing is loaded and nobody is called yet."""
    settings = asked_as(config)
    model = build_model(settings, seed=config.run.seed, hardware=config.hardware, purse=purse)
    if config.task.scoring == "generate":
        return model
    renders = {name: partial(task_kind(name).render, version=config.task.prompt) for name in config.task.tasks()}
    return OptionScored(model, renders=renders, permutations=config.task.permutations)


def check_run_model(config: RunConfig, *, purse: Purse | None = None) -> None:
    """What can be known to be wrong of the run's model before anything is spent. Raises `ConfigError`."""
    check_scoring(config.task, config.model)
    check_model(asked_as(config), purse=purse)
    if config.mode == "run" and config.model.kind == "lmms" and config.hardware.launcher == "processes":
        _check_installed(config.hardware)


def _check_installed(hardware: HardwareSettings) -> None:
    """Whether this environment has what loads weights into processes of this machine; a server has one of its own."""
    if hardware.place == "process":
        from medq.models.local import installed

        installed.check_installed()
    elif hardware.place == "vllm_local":
        from medq.models import vllm

        vllm.check_installed()


def asked_as(config: RunConfig) -> ModelSettings:
    """The model's settings as its calls are made."""
    return config.model if config.task.scoring == "generate" else first_token_settings(config.model)


def check_scoring(task: TaskSettings, model: ModelSettings) -> None:
    """Raises `ConfigError` where the task wants probabilities that the model or the task does not have."""
    if task.scoring == "logprob":
        _check_options(task)
        why = _no_first_token(model)
        if why is not None:
            raise ConfigError(f"task.scoring=logprob: {model.name or model.id}: {why}; use task.scoring=generate")
    elif task.permutations != "none":
        raise ConfigError(f"task.permutations={task.permutations} averages probabilities: add task.scoring=logprob")
    elif task.confidence == "logprob":
        why = no_logprobs(model.id or "", api_base=model.api_base)
        if why is not None:
            raise ConfigError(f"task.confidence=logprob: {why}; use task.confidence=votes or verbal")


def _check_options(task: TaskSettings) -> None:
    texts = [name for name in task.tasks() if task_kind(name).judged]
    if texts:
        raise ConfigError(f"task.scoring=logprob: {texts[0]} asks for free text, which has no options to choose from")
    if task.runs > 1:
        raise ConfigError(
            f"task.scoring=logprob: probabilities are the same in each of {task.runs} votes; set task.runs=1"
        )
    if task.confidence == "verbal":
        raise ConfigError(
            "task.scoring=logprob: nothing is written that could state a confidence; drop task.confidence"
        )


def _no_first_token(model: ModelSettings) -> str | None:
    if model.kind in ("random", "iqa", "replay"):
        return f"a model of kind {model.kind} gives no log-probabilities"
    return no_first_token(model.id or "", api_base=model.api_base) if model.kind == "litellm" else None
