"""A run from the validated configuration to its files and its exit code."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from medq.budget import Purse
from medq.errors import MedqError, Submitted
from medq.models.build import check_model
from medq.models.interface import StartsServer
from medq.records import CONFIG, SERVING_LOG, read_manifest
from medq.run import manifest as manifests
from medq.run.directory import name_of, open_directory, results_directory
from medq.run.interrupt import how_to_resume
from medq.run.model import check_run_model, run_model
from medq.run.outputs import already_complete, write_outputs
from medq.run.session import Session
from medq.run.work import plan_work
from medq.run.write import write_text
from medq.schema import RunConfig
from medq.secrets import redact
from medq.shards.choosing import chosen_sharing
from medq.shown.plan import plan_report
from medq.terminal import say, say_error

if TYPE_CHECKING:
    from omegaconf import DictConfig


def execute(config: RunConfig, composed: DictConfig) -> int:
    """Runs, writes the run directory and returns the exit code. Raises `MedqError` and `InputError` for bad input."""
    if config.mode == "plan":
        return _plan(config)
    purse = Purse(config.run.budget_usd)
    check_run_model(config, purse=purse)
    for settings in config.judge.models():
        check_model(settings, purse=purse)
    sharing = chosen_sharing(config)
    work = plan_work(config)
    stem = _stem(config)
    if stem is not None and already_complete(stem):
        say(f"{stem}: complete, left as it is")
        return 0
    model = run_model(config, purse=purse)
    directory = open_directory(config, stem=stem)
    if isinstance(model, StartsServer):
        model.log_to(directory.path / SERVING_LOG)
    _link(directory.path, stem)
    before = read_manifest(directory.path) if directory.resumed else None
    if directory.resumed and config.mode == "run":
        say(f"continuing {directory.path}")
    if config.mode == "run":
        write_text(directory.path / CONFIG, redact(_resolved(composed)))
    target = results_directory(config, directory.path, before)
    record = manifests.begin(target, config, model, before)
    session = Session(config, work, model, directory.path, purse, sharing, len(record["sessions"]))
    try:
        answered = session.answer()
        return write_outputs(config, work, target, answered, record=record, verdicts=directory.path, purse=purse)
    except Submitted as submitted:
        manifests.finish(target, record, state="submitted", asked=(), data=work.described())
        say(str(submitted))
        return submitted.exit_code
    except MedqError as error:
        state = "interrupted" if error.exit_code == 130 else "stopped"
        manifests.finish(target, record | purse.report(), state=state, asked=(), data=work.described())
        say_error(f"{error}: {how_to_resume(directory.path)}" if error.exit_code != 2 else str(error))
        return error.exit_code
    finally:
        purse.close()


def _plan(config: RunConfig) -> int:
    """Prints what the run would take; makes no directory and no call."""
    from medq.planning.plan import plan_run

    plan_report(plan_run(config))
    return 0


def _stem(config: RunConfig) -> Path | None:
    """In a multirun, the directory of this job inside the sweep's folder."""
    from hydra.core.hydra_config import HydraConfig
    from hydra.types import RunMode

    if not HydraConfig.initialized() or HydraConfig.get().mode != RunMode.MULTIRUN or config.run.dir is not None:
        return None
    settings = HydraConfig.get()
    return Path(settings.sweep.dir) / f"{settings.job.num}-{name_of(config)}"


def _link(path: Path, stem: Path | None) -> None:
    """A run of a sweep that goes on in an older directory is found from the sweep's folder as well."""
    if stem is not None and stem != path and not stem.exists():
        stem.parent.mkdir(parents=True, exist_ok=True)
        stem.symlink_to(os.path.relpath(path.resolve(), stem.parent.resolve()), target_is_directory=True)


def _resolved(composed: DictConfig) -> str:
    from omegaconf import OmegaConf

    return str(OmegaConf.to_yaml(composed, resolve=True))
