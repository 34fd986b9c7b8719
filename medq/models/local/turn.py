"""One question on its way through a class's `generate_until`, held at the call of `generate`.

The class writes the chat, calls the processor and decodes, for one question at a time; the forward pass in the middle
is done for many questions together. So no class can mix the images or prompts of a batch, and the processor works ahead
of the GPU.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field
from threading import local
from typing import Any

from medq.models.interface import Request
from medq.models.local.picture import Picture

_here = local()


@dataclass(eq=False, slots=True)
class Turn:
    """A question with what has become of it so far.

    `held` gets the arguments of `generate`, `generated` the token ids that it gives back, `ended` the text; each may
    get an exception. `seen` is what the processor made of the images.
    """

    request: Request
    pictures: tuple[Picture, ...] = ()
    seen: Mapping[str, Any] = field(default_factory=dict)
    held: Future[dict[str, Any]] = field(default_factory=Future)
    generated: Future[Any] = field(default_factory=Future)
    ended: Future[str] = field(default_factory=Future)

    def start(self, pool: Executor, work: Callable[[Turn], str]) -> None:
        """Begins in a thread of `pool`, which it keeps until `generated` is set."""
        self.ended = pool.submit(self._run, work)

    def inputs(self) -> dict[str, Any] | None:
        """The arguments of `generate`, waited for; None where the question failed before, as `ended` says."""
        either: tuple[Future[Any], ...] = (self.held, self.ended)
        wait(either, return_when=FIRST_COMPLETED)
        return self.held.result() if self.held.done() else None

    def hold(self, arguments: dict[str, Any]) -> Any:
        """Called by the class instead of `generate`: gives the arguments away and waits for the token ids."""
        self.held.set_result(arguments)
        return self.generated.result()

    def release(self, error: BaseException) -> None:
        """Lets a held question go with an exception, so that no thread waits for ever."""
        if not self.generated.done():
            self.generated.set_exception(error)

    def _run(self, work: Callable[[Turn], str]) -> str:
        _here.turn = self
        return work(self)


def current() -> Turn:
    """The question that this thread works on."""
    found: Turn = _here.turn
    return found
