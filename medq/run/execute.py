"""A run from the validated configuration to its files and its exit code."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medq.errors import Interrupted, MedqError
from medq.journal import Journal
from medq.models.build import build_model, check_model
from medq.models.interface import Model
from medq.progress import Progress
from medq.records import CONFIG, JOURNAL, read_manifest
from medq.run import manifest as manifests
from medq.run.directory import RunDirectory, name_of, open_directory
from medq.run.loop import Asked, ask_all, from_journal
from medq.run.outputs import already_complete, write_outputs
from medq.run.question import Preparer
from medq.run.seen import SeenImages
from medq.run.work import Work, plan_work
from medq.run.write import write_text
from medq.schema import RunConfig
from medq.terminal import say, say_error

if TYPE_CHECKING:
    from omegaconf import DictConfig

GRACE_S = 1.5


def execute(config: RunConfig, composed: DictConfig) -> int:
    """Runs, writes the run directory and returns the exit code. Raises `MedqError` and `InputError` for bad input."""
    check_model(config.model)
    work = plan_work(config)
    stem = _stem(config)
    if stem is not None and already_complete(stem):
        say(f"{stem}: complete, left as it is")
        return 0
    directory = open_directory(config, stem=stem)
    _link(directory.path, stem)
    write_text(directory.path / CONFIG, _resolved(composed))
    model = build_model(config.model, seed=config.run.seed)
    before = read_manifest(directory.path) if directory.resumed else None
    if directory.resumed:
        say(f"continuing {directory.path}")
    record = manifests.begin(directory.path, config, model, before)
    session = _Session(config, work, model, directory, record)
    try:
        asked = session.answer()
    except MedqError as error:
        return session.stopped(error)
    return write_outputs(config, work, directory.path, asked, record, notes=session.notes())


@dataclass(frozen=True)
class _Session:
    """One process's part of a run: opens the journal, asks, and says how to go on where it is stopped."""

    config: RunConfig
    work: Work
    model: Model
    directory: RunDirectory
    record: dict[str, Any]

    def answer(self) -> Sequence[Asked]:
        with Journal(self.config.journal.path or self.directory.path / JOURNAL) as journal:
            if self.config.mode == "score":
                return from_journal(self.work.questions(), prepare=self._preparer(), journal=journal)
            return asyncio.run(self._ask(journal))

    async def _ask(self, journal: Journal) -> Sequence[Asked]:
        _interruptible(journal, self.directory.path)
        label = f"{self.config.task.name} {self.config.model.name}"
        try:
            with Progress(self.work.count(), label) as progress:
                return await ask_all(
                    self.work.questions(),
                    prepare=self._preparer(),
                    model=self.model,
                    journal=journal,
                    observe=progress.observe,
                )
        except asyncio.CancelledError:
            raise Interrupted("interrupted") from None
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

    def notes(self) -> list[str]:
        notes = getattr(self.model, "notes", None)
        return list(notes()) if callable(notes) else []

    def stopped(self, error: MedqError) -> int:
        state = "interrupted" if isinstance(error, Interrupted) else "stopped"
        manifests.finish(self.directory.path, self.record, state=state, asked=(), data=self.work.described())
        say_error(str(error))
        say_error(how_to_resume(self.directory.path))
        return error.exit_code


def how_to_resume(run_dir: Path) -> str:
    """The line that a stopped run ends with."""
    return f"answers are kept in {run_dir}; the same command goes on where it stopped (or run.dir={run_dir})"


def _interruptible(journal: Journal, run_dir: Path) -> None:
    """Ctrl-C and SIGTERM cancel the run; where a thread does not let go, the process ends all the same."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task is not None

    def stop() -> None:
        task.cancel()
        timer = threading.Timer(GRACE_S, _leave, (journal, run_dir))
        timer.daemon = True
        timer.start()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)


def _leave(journal: Journal, run_dir: Path) -> None:
    journal.close()
    say_error("interrupted")
    say_error(how_to_resume(run_dir))
    os._exit(Interrupted.exit_code)


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
