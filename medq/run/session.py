"""One session of a run, from what earlier ones left to every question with its outcome."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from medq.budget import Purse
from medq.errors import BudgetReached
from medq.journal import Journal
from medq.models.interface import Model
from medq.progress import Progress
from medq.records import JOURNAL
from medq.run.answered import Answered, said_by
from medq.run.interrupt import cancelled_by_signals
from medq.run.loop import Asked, ask_all, from_journal
from medq.run.preparing import preparer
from medq.run.work import Work
from medq.schema import RunConfig
from medq.shards.choosing import Sharing
from medq.shards.gathering import clear, gather
from medq.shards.session import ShardedSession, ranks
from medq.spending import SPENDING


@dataclass(frozen=True)
class Session:
    """Asks by itself, or, with `sharing`, through shards. `number` counts the sessions of the run, from 1."""

    config: RunConfig
    work: Work
    model: Model
    run_dir: Path
    purse: Purse
    sharing: Sharing | None
    number: int

    def answer(self) -> Answered:
        """Every question with its outcome; what shards of earlier sessions left is taken over first.

        Raises the `MedqError` that ends a run, after keeping what is answered.
        """
        path = self.config.journal.path or self.run_dir / JOURNAL
        gather(self.run_dir, path, rank=ranks(self.work))
        if self.sharing is not None:
            answered = self._through_shards(path, self.sharing)
            self.purse.open(self.run_dir / SPENDING)  # which the shards have written, for the judges to go on with
            return answered
        clear(self.run_dir, logs=True)
        self.purse.open(self.run_dir / SPENDING)
        with Journal(path) as journal:
            return said_by(self.model, self._asked(journal))

    def _through_shards(self, path: Path, sharing: Sharing) -> Answered:
        prepare = preparer(self.work, self.model, self.run_dir)
        return ShardedSession(self.work, self.model, self.run_dir, path, prepare, sharing, self.number).answer()

    def _asked(self, journal: Journal) -> Sequence[Asked]:
        if self.config.mode != "run":
            prepare = preparer(self.work, self.model, self.run_dir)
            return from_journal(self.work.questions(), prepare=prepare, journal=journal)
        return asyncio.run(self._ask(journal))

    async def _ask(self, journal: Journal) -> Sequence[Asked]:
        label = f"{self.config.task.name} {self.config.model.name}"
        try:
            with cancelled_by_signals(journal, self.run_dir), Progress(self.work.count(), label) as progress:
                try:
                    return await ask_all(
                        self.work.questions(),
                        prepare=preparer(self.work, self.model, self.run_dir),
                        model=self.model,
                        journal=journal,
                        observe=progress.observe,
                    )
                except BudgetReached as error:
                    raise BudgetReached(f"{error}; {progress.left()} questions are left") from None
        finally:
            await self.model.close()
