"""Weights that are loaded, with the threads that prepare questions and the one that generates."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from medq.errors import ConfigError, Interrupted, MedqError
from medq.hardware import HardwareSettings
from medq.models.interface import Request
from medq.models.local.asking import ask
from medq.models.local.decoding import Decoding
from medq.models.local.generating import Generator, Row
from medq.models.local.installed import check_installed
from medq.models.local.loading import Loaded, load
from medq.models.local.memory import is_out_of_memory
from medq.models.local.picture import open_picture
from medq.models.local.turn import Turn, current
from medq.models.settings import LocalSettings

# A question with its row, or why it has none; None where it failed before the forward pass.
Asked = tuple[Turn, Row | BaseException | None]


@dataclass(slots=True)
class Engine:
    """A loaded model. At most `at_once` questions of one call are under way; `load_s`: seconds that loading took."""

    loaded: Loaded
    generator: Generator
    pool: ThreadPoolExecutor
    at_once: int
    load_s: float

    def answer(self, requests: Sequence[Request]) -> list[Asked]:
        """Each question, in order, when its forward pass is over; its text is there a moment later."""
        size = self.at_once
        parts = [requests[start : start + size] for start in range(0, len(requests), size)]
        return [one for part in parts for one in self._together(part)]

    def close(self) -> None:
        """Ends the threads and frees the weights."""
        self.generator.close()
        self.pool.shutdown(wait=True, cancel_futures=True)
        self.loaded.free()
        _forget_processes()

    def _together(self, requests: Sequence[Request]) -> list[Asked]:
        """Each question holds a thread until its forward pass, so no more are begun than the pool has for a call."""
        turns = [Turn(request) for request in requests]
        for turn in turns:
            turn.start(self.pool, self._prepare)
        try:
            found = self.generator.answer(turns)
            for turn, row in found.items():
                if isinstance(row, Row):
                    turn.generated.set_result(row.tokens)
        finally:
            for turn in turns:
                turn.release(Interrupted("the forward pass did not come to this question"))
        made: list[Asked] = [(turn, found.get(turn)) for turn in turns]
        if len(made) == 1:
            return made
        return [self._again(turn) if _crowded_out(turn, one) else (turn, one) for turn, one in made]

    def _again(self, turn: Turn) -> Asked:
        """A question whose tensors found no room beside the others' is asked once more, alone."""
        return self._together([turn.request])[0]

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
    loaded = _loaded(folder, local, hardware)
    generator = Generator(loaded.model, loaded.tokenizer, decoding, batch_size=hardware.batch_size)
    loaded.model.generate = _held
    size = hardware.batch_size
    pool = ThreadPoolExecutor(calls * size, "medq-prepare")
    return Engine(loaded, generator, pool, size, time.monotonic() - began)


def _loaded(folder: Path, local: LocalSettings, hardware: HardwareSettings) -> Loaded:
    """The weights, or one line that says why not: libraries raise anything here, a bare `Exception` included."""
    with ThreadPoolExecutor(1, "medq-load") as loader:
        loading = loader.submit(load, folder, local, hardware)
        error = loading.exception()
    if error is None:
        return loading.result()
    if isinstance(error, MedqError):
        raise error
    reason = f"{type(error).__name__}: {error}"
    raise ConfigError(f"{folder} cannot be loaded by lmms-eval's {local.model}: {reason}") from error


def _crowded_out(turn: Turn, made: Row | BaseException | None) -> bool:
    if made is not None:
        return False
    error = turn.ended.exception()
    return error is not None and is_out_of_memory(error)


def _held(**arguments: Any) -> Any:
    """Stands where the class calls the model: the question waits here for its part of a batch."""
    return current().hold(arguments)


def _forget_processes() -> None:
    """accelerate keeps one state for the whole process; the next model starts from none."""
    from accelerate.state import AcceleratorState  # type: ignore[import-untyped]

    AcceleratorState._reset_state(reset_partial_state=True)
