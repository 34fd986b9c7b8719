"""How a run is coming on: a bar with rate, time left, failures and cost; plain lines where there is no terminal."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

from medq.models.interface import Failure, Outcome

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress

PLAIN_EVERY_S = 10.0


class Progress:
    """Counts outcomes and shows them on stderr, so that stdout stays for results."""

    def __init__(self, total: int, label: str) -> None:
        self.total, self.label = total, label
        self.done = self.from_journal = self.failed = 0
        self.cost_usd = 0.0
        self._started = self._shown = time.monotonic()
        self._bar = _bar(label, total) if sys.stderr.isatty() else None

    def observe(self, outcome: Outcome, from_journal: bool) -> None:
        """Takes one outcome into account."""
        self.count(failed=isinstance(outcome, Failure), from_journal=from_journal, cost_usd=outcome.cost_usd)

    def count(self, *, failed: bool, from_journal: bool, cost_usd: float | None) -> None:
        """One more is done; what came out of the journal cost nothing now."""
        self.done += 1
        self.from_journal += from_journal
        self.failed += failed
        self.cost_usd += 0.0 if from_journal else cost_usd or 0.0
        self._show()

    def stand(self, *, done: int, failed: int, from_journal: int, cost_usd: float) -> None:
        """So much is done in all: for work that others do and count."""
        self.done, self.failed, self.from_journal, self.cost_usd = done, failed, from_journal, cost_usd
        self._show()

    def left(self) -> str:
        """What is left to do, in words: "23 of 60"."""
        return f"{max(0, self.total - self.done)} of {self.total}"

    def __enter__(self) -> Progress:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def _show(self) -> None:
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], completed=self.done, note=self._note())
        elif time.monotonic() - self._shown >= PLAIN_EVERY_S:
            self._shown = time.monotonic()
            print(f"{self.label}: {self.done}/{self.total}{self._note()}", file=sys.stderr, flush=True)

    def _note(self) -> str:
        asked = self.done - self.from_journal
        rate = asked / max(time.monotonic() - self._started, 1e-6)
        cost = f", ${self.cost_usd:.2f}" if self.cost_usd else ""
        return f"  {rate:.1f}/s, {self.failed} failed{cost}"


def _bar(label: str, total: int) -> RichProgress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as RichProgress

    bar = RichProgress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        TextColumn("{task.fields[note]}"), console=Console(stderr=True), transient=True,
    )  # fmt: skip
    bar.add_task(label, total=total, note="")
    return bar
