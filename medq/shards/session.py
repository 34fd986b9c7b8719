"""The run's side of its shards: starts them, shows how far they are, merges what they answered."""

from __future__ import annotations

import contextlib
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from medq.errors import ConfigError, Interrupted, MedqError, Submitted
from medq.journal import Journal
from medq.models.interface import Model
from medq.progress import Progress
from medq.run.answered import Answered, notes_of
from medq.run.loop import Asked, from_journal
from medq.run.question import Preparer
from medq.run.work import Work
from medq.shards.asked import read_asked
from medq.shards.choosing import Sharing
from medq.shards.folder import ShardFiles
from medq.shards.gathering import clear, gather
from medq.shards.job import ShardEnd, ShardJob, ShardLost
from medq.shards.shard import Shard
from medq.shards.tally import counted
from medq.terminal import say_error

SHOW_EVERY_S = 0.5
STOPPED_WAIT_S = 2.0


@dataclass(frozen=True)
class ShardedSession:
    """One session of a run whose questions several processes ask. `number` counts the sessions of the run, from 1."""

    work: Work
    model: Model
    run_dir: Path
    journal: Path
    prepare: Preparer
    sharing: Sharing
    number: int

    def answer(self) -> Answered:
        """Every question with its outcome, as if one process had asked. Raises what ends a run.

        A shard that is lost costs its unfinished questions: they have no outcome, and are left to the next session.
        """
        jobs = self._jobs()
        # A killed process may have left answers beside the file, where shards that read it without locks miss them.
        Journal(self.journal).close()
        clear(self.run_dir, logs=True)
        try:
            ends = self._launch(jobs)
        except Submitted:
            raise
        except MedqError:
            with contextlib.suppress(ConfigError):  # what cannot be merged now is merged when the run goes on
                self._gather(wait_s=STOPPED_WAIT_S)
                clear(self.run_dir, logs=False)
            raise
        self._gather()
        looked = read_asked(ShardFiles(self.run_dir, Shard(end.index, end.count)).asked for end in ends)
        with Journal(self.journal) as journal:
            asked = from_journal(self.work.questions(), prepare=self.prepare, journal=journal, looked=looked)
        lost = [end for end in ends if isinstance(end, ShardLost)]
        for one in lost:
            say_error(_said_of(one))
        clear(self.run_dir, logs=not lost)
        return Answered(asked, notes=self._notes(asked, ends), shards=self._described(ends))

    def _notes(self, asked: Sequence[Asked], ends: Sequence[ShardEnd | ShardLost]) -> tuple[str, ...]:
        theirs = (note for end in ends if isinstance(end, ShardEnd) for note in end.notes)
        return tuple(dict.fromkeys((*notes_of(self.model, asked), *theirs)))

    def _jobs(self) -> list[ShardJob]:
        run_dir, folder = self.run_dir.resolve(), Path.cwd()
        return [
            ShardJob(self.work.config, run_dir, folder, self.number, Shard(index, self.sharing.count), gpus)
            for index, gpus in enumerate(self.sharing.gpus)
        ]

    def _launch(self, jobs: Sequence[ShardJob]) -> Sequence[ShardEnd | ShardLost]:
        ShardFiles(self.run_dir, jobs[0].shard).journal.parent.mkdir(exist_ok=True)
        tallies = [ShardFiles(self.run_dir, job.shard).tally for job in jobs]
        config = self.work.config
        label = f"{config.task.name} {config.model.name}, {len(jobs)} shards"
        with _stopped_by_signals() as stopped, Progress(self.work.count(), label) as progress:
            return self.sharing.launcher.launch(jobs, beat=_Beat(tallies, progress, stopped))

    def _gather(self, **options: float) -> None:
        gather(self.run_dir, self.journal, rank=ranks(self.work), **options)

    def _described(self, ends: Sequence[ShardEnd | ShardLost]) -> dict[str, Any]:
        return {
            "count": self.sharing.count,
            "launcher": self.sharing.launcher.name,
            "ends": [{"state": "lost" if isinstance(end, ShardLost) else "ended", **asdict(end)} for end in ends],
        }


def ranks(work: Work) -> Callable[[str], int]:
    """Where an item stands in the run: of two that ask the very same, the earlier one's answer counts."""
    order: dict[str, int] = {}
    for part in work.parts:
        for item in part.items:
            order.setdefault(item.id, len(order))
    return lambda item: order.get(item, len(order))


class _Beat:
    """Shows the sum of the shards' counts, and lets a signal out as `Interrupted`."""

    def __init__(self, tallies: Sequence[Path], progress: Progress, stopped: Callable[[], bool]) -> None:
        self._tallies, self._progress, self._stopped = tallies, progress, stopped
        self._shown_s = 0.0

    def __call__(self) -> None:
        if self._stopped():
            raise Interrupted("interrupted")
        if time.monotonic() - self._shown_s >= SHOW_EVERY_S:
            self._shown_s = time.monotonic()
            self._progress.stand(**asdict(counted(self._tallies)))


@contextlib.contextmanager
def _stopped_by_signals() -> Iterator[Callable[[], bool]]:
    """Inside the block SIGINT and SIGTERM only set what the yielded function tells."""
    got: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        got.append(number)

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(got)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _said_of(lost: ShardLost) -> str:
    again = f"started {lost.restarts + 1} times, " if lost.restarts else ""
    return (
        f"shard {lost.index} of {lost.count} is lost ({again}the last time {lost.cause}); its unanswered questions "
        "count as failed until the same command asks them"
    )
