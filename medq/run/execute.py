"""A run from the validated configuration to its files and its exit code."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from medq.budget import Purse
from medq.errors import BudgetReached, MedqError, Submitted
from medq.journal import Journal
from medq.models.build import check_model
from medq.models.interface import Model, StartsServer
from medq.progress import Progress
from medq.records import CONFIG, JOURNAL, SERVING_LOG, read_manifest
from medq.run import manifest as manifests
from medq.run.answered import Answered, said_by
from medq.run.directory import RunDirectory, name_of, open_directory, results_directory
from medq.run.interrupt import cancelled_by_signals, how_to_resume
from medq.run.loop import Asked, ask_all, from_journal
from medq.run.model import check_run_model, run_model
from medq.run.outputs import already_complete, write_outputs
from medq.run.question import Preparer
from medq.run.seen import SeenImages
from medq.run.work import Work, plan_work
from medq.run.write import write_text
from medq.schema import RunConfig
from medq.secrets import redact
from medq.shards.choosing import Sharing, chosen_sharing
from medq.shards.gathering import clear, gather
from medq.shards.session import ShardedSession, ranks
from medq.shown.plan import plan_report
from medq.spending import SPENDING
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
    session = _Session(config, work, model, directory, purse, sharing, len(record["sessions"]))
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


@dataclass(frozen=True)
class _Session:
    """One session of a run: takes over what shards left, then asks, by itself or through shards."""

    config: RunConfig
    work: Work
    model: Model
    directory: RunDirectory
    purse: Purse
    sharing: Sharing | None
    number: int

    def answer(self) -> Answered:
        path = self.config.journal.path or self.directory.path / JOURNAL
        gather(self.directory.path, path, rank=ranks(self.work))
        if self.sharing is not None:
            answered = ShardedSession(
                self.config,
                self.work,
                self.model,
                self.directory.path,
                path,
                self._preparer(),
                self.sharing,
                self.number,
            ).answer()
            self.purse.open(self.directory.path / SPENDING)
            return answered
        clear(self.directory.path, logs=True)
        self.purse.open(self.directory.path / SPENDING)
        with Journal(path) as journal:
            return said_by(self.model, self._asked(journal))

    def _asked(self, journal: Journal) -> Sequence[Asked]:
        if self.config.mode != "run":
            return from_journal(self.work.questions(), prepare=self._preparer(), journal=journal)
        return asyncio.run(self._ask(journal))

    async def _ask(self, journal: Journal) -> Sequence[Asked]:
        label = f"{self.config.task.name} {self.config.model.name}"
        try:
            with cancelled_by_signals(journal, self.directory.path), Progress(self.work.count(), label) as progress:
                try:
                    return await ask_all(
                        self.work.questions(),
                        prepare=self._preparer(),
                        model=self.model,
                        journal=journal,
                        observe=progress.observe,
                    )
                except BudgetReached as error:
                    raise BudgetReached(f"{error}; {progress.left()} questions are left") from None
        finally:
            await self.model.close()

    def _preparer(self) -> Preparer:
        keep = None
        if self.config.run.keep_images:
            keep = SeenImages(self.config.run.root / "images", self.directory.path).keep
        return Preparer(
            identity=self.model.identity,
            seed=self.config.run.seed,
            window=self.work.window,
            allow_lossy=self.config.data.allow_lossy,
            keep=keep,
        )


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
