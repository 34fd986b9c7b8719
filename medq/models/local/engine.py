"""Weights that are loaded, with the threads that prepare questions and the one that generates."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from medq.errors import Interrupted
from medq.hardware import HardwareSettings
from medq.models.interface import Request
from medq.models.local.asking import ask
from medq.models.local.decoding import Decoding
from medq.models.local.generating import Generator, Row
from medq.models.local.installed import check_installed
from medq.models.local.loading import Loaded, load
from medq.models.local.picture import open_picture
from medq.models.local.turn import Turn, current
from medq.models.settings import LocalSettings


@dataclass(slots=True)
class Engine:
    """A loaded model. At most `at_once` questions of one call are under way; `load_s`: seconds that loading took."""

    loaded: Loaded
    generator: Generator
    pool: ThreadPoolExecutor
    at_once: int
    load_s: float

    def answer(self, requests: Sequence[Request]) -> list[tuple[Turn, Row | BaseException | None]]:
        """Each question with its row, or why it has none; None where it failed before the forward pass.

        Returns when every question's text is there.
        """
        size = self.at_once
        parts = [requests[start : start + size] for start in range(0, len(requests), size)]
        return [one for part in parts for one in self._together(part)]

    def close(self) -> None:
        """Ends the threads and frees the weights."""
        self.generator.close()
        self.pool.shutdown(wait=True, cancel_futures=True)
        self.loaded.free()
        _forget_processes()

    def _together(self, requests: Sequence[Request]) -> list[tuple[Turn, Row | BaseException | None]]:
        """Each question holds a thread until its forward pass, so no more are begun than the pool has for a call."""
        turns = [Turn(request) for request in requests]
        for turn in turns:
            turn.start(self.pool, self._prepare)
        try:
            found = self.generator.answer(turns)
            for turn, made in found.items():
                if isinstance(made, Row):
                    turn.generated.set_result(made.tokens)
        finally:
            for turn in turns:
                turn.release(Interrupted("the forward pass did not come to this question"))
        return [(turn, found.get(turn)) for turn in turns]

    def _prepare(self, turn: Turn) -> str:
        turn.pictures = tuple(map(open_picture, turn.request.images))
        return ask(self.loaded.lm, turn)


def open_engine(
    folder: Path, local: LocalSettings, hardware: HardwareSettings, decoding: Decoding, *, calls: int
) -> Engine:
    """Loads the weights; `calls` of `answer` can be under way at a time, each with a batch of questions.

    Raises `ConfigError` where the extra `local` is missing or the weights cannot be loaded.
    """
    check_installed()
    began = time.monotonic()
    loaded = load(folder, local, hardware)
    generator = Generator(loaded.model, loaded.tokenizer, decoding, batch_size=hardware.batch_size)
    loaded.model.generate = _held
    size = hardware.batch_size
    pool = ThreadPoolExecutor(calls * size, "medq-prepare")
    return Engine(loaded, generator, pool, size, time.monotonic() - began)


def _held(**arguments: Any) -> Any:
    """Stands where the class calls the model: the question waits here for its part of a batch."""
    return current().hold(arguments)


def _forget_processes() -> None:
    """accelerate keeps one state for the whole process; the next model starts from none."""
    from accelerate.state import AcceleratorState  # type: ignore[import-untyped]

    AcceleratorState._reset_state(reset_partial_state=True)
