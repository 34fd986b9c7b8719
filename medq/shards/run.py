"""One shard from its job to its end, in a process of its own, anywhere that sees the run's directory."""

from __future__ import annotations

import asyncio
import os
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from judges.errors import JudgeInputError
from medq.budget import Purse
from medq.errors import MedqError
from medq.journal import JournalBeside
from medq.models.interface import Answer, Model, StartsServer
from medq.records import JOURNAL
from medq.run.answered import calls_of, notes_of
from medq.run.interrupt import cancelled_by_signals
from medq.run.loop import Asked, ask_all
from medq.run.model import run_model
from medq.run.preparing import preparer
from medq.run.work import Work, plan_work
from medq.shards.asked import Recording
from medq.shards.entering import check_directory, enter
from medq.shards.folder import ShardFiles
from medq.shards.job import ShardEnd, ShardJob, ShardStopped
from medq.shards.peak import peak_rss_mib
from medq.shards.tally import Tally
from medq_tasks.errors import InputError


def outcome_of(job: ShardJob) -> ShardEnd | ShardStopped:
    """As `run_shard`, an error of `medq` or of its input handed back as data: it may have to travel between machines.

    Anything else that is raised is a defect, and counts as the death of the process.
    """
    try:
        return run_shard(job)
    except (MedqError, InputError, JudgeInputError) as error:
        code = error.exit_code if isinstance(error, MedqError) else 2
        return ShardStopped(job.shard.index, job.shard.count, type(error).__name__, str(error), code)


def run_shard(job: ShardJob) -> ShardEnd:
    """Asks the questions of a shard that no journal of the run answers, and keeps the answers in the shard's journal.

    To be called in a process that does nothing else, before torch is imported: the process gets the job's GPUs and its
    working directory. The journal stays locked until the end; one that a dying process still holds is waited for, a
    minute at most. Raises `ConfigError` where the run's directory is not the one that the job was made for, and
    whatever ends an unsharded run.
    """
    started_s = time.monotonic()
    enter(job)
    check_directory(job)
    files = ShardFiles(job.run_dir, job.shard)
    restarts = _started_before(files.starts)
    known = job.config.journal.path
    with JournalBeside(files.journal, known=known or job.run_dir / JOURNAL, shared=known is not None) as journal:
        purse = Purse()
        purse.open(files.spending(job.session))
        try:
            end = _Shard(job, plan_work(job.config), files, journal, started_s).ask(purse)
            return replace(end, restarts=restarts)
        finally:
            purse.close()


@dataclass(frozen=True)
class _Shard:
    job: ShardJob
    work: Work
    files: ShardFiles
    journal: JournalBeside
    started_s: float

    def ask(self, purse: Purse) -> ShardEnd:
        model = run_model(self.job.config, purse=purse)
        if isinstance(model, StartsServer):
            model.log_to(self.files.serving_log)
        recording, tally = Recording(preparer(self.work, model, self.job.run_dir)), Tally(self.files.tally)
        asked = asyncio.run(self._ask(model, recording, tally))
        tally.write()
        recording.write(self.files.asked)
        return self._end(asked, tally, model)

    async def _ask(self, model: Model, recording: Recording, tally: Tally) -> Sequence[Asked]:
        try:
            with cancelled_by_signals(self.journal, self.job.run_dir):
                return await ask_all(
                    recording.pick(self.work.questions(), self.job.shard),
                    prepare=recording,
                    model=model,
                    journal=self.journal,
                    observe=tally.observe,
                )
        finally:
            await model.close()

    def _end(self, asked: Sequence[Asked], tally: Tally, model: Model) -> ShardEnd:
        answered = sum(isinstance(one.outcome, Answer) for one in asked)
        return ShardEnd(
            index=self.job.shard.index,
            count=self.job.shard.count,
            questions=len(asked),
            answered=answered,
            failed=len(asked) - answered,
            from_journal=tally.count.from_journal,
            seconds=round(time.monotonic() - self.started_s, 3),
            peak_rss_mib=peak_rss_mib(),
            host=socket.gethostname(),
            gpus=tuple(filter(None, os.environ.get("CUDA_VISIBLE_DEVICES", "").split(","))),
            calls=calls_of(model),
            notes=notes_of(model, ()),  # those on the questions are said once, by the run
        )


def _started_before(path: Path) -> int:
    with path.open("a+", encoding="ascii") as file:
        file.seek(0)
        before = len(file.readlines())
        file.write("started\n")
    return before
