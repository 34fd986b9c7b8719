"""Batches that a server keeps in memory, whichever protocol shows them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

# What answers one request of a batch: the fault that met it (None: none), HTTP status and response body.
AnswerBody = Callable[[Mapping[str, Any]], tuple[str | None, int, dict[str, Any]]]


@dataclass
class _Batch:
    """A batch as the API shows it, and when it will be done (monotonic seconds)."""

    shown: dict[str, Any]
    done_at_s: float
    done: bool = False


@dataclass
class BatchShelf:
    """`work` is called once for each batch, with what is shown of it, when it is first looked at after its time."""

    work: Callable[[dict[str, Any]], None]
    _batches: dict[str, _Batch] = field(default_factory=dict)

    def put(self, shown: dict[str, Any], *, batch_s: float) -> dict[str, Any]:
        """Starts a batch that takes `batch_s` seconds; returns it as shown."""
        self._batches[str(shown["id"])] = _Batch(shown, time.monotonic() + batch_s)
        return shown

    def ids(self) -> list[str]:
        """Ids of all batches, oldest first."""
        return list(self._batches)

    def show(self, name: str) -> dict[str, Any] | None:
        """The batch as it stands now, None without one of the name."""
        batch = self._batches.get(name)
        return None if batch is None else self._now(batch)

    def page(self, *, after: str | None, limit: int) -> tuple[list[dict[str, Any]], bool]:
        """At most `limit` batches, newest first, those after `after` where given; and whether there are more."""
        names = list(reversed(self._batches))
        start = names.index(after) + 1 if after in names else 0
        shown = [self._now(self._batches[name]) for name in names[start : start + limit]]
        return shown, start + len(shown) < len(names)

    def _now(self, batch: _Batch) -> dict[str, Any]:
        if not batch.done and time.monotonic() >= batch.done_at_s:
            batch.done = True
            self.work(batch.shown)
        return batch.shown
