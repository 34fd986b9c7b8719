"""Multiple choice answered by probability: the option whose letter a model finds most probable as its first token."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from medq.calling.params import first_token_params
from medq.journal.key import answer_key
from medq.models.interface import Answer, LooksBack, Model, Outcome, Request, StartsServer
from medq.models.option_averages import averaged
from medq.models.option_turns import Permutations, Render, Turn, turns

if TYPE_CHECKING:
    from pathlib import Path

    from medq.journal import Journal
    from medq.models.settings import ModelSettings

# Below this the prompt does not make the model begin with a letter, and the shares of the letters say little.
LOW_MASS = 0.5


class OptionScored:
    """A model whose answer to a multiple-choice question is the most probable option (`task.scoring=logprob`).

    `renders` make the prompt of an item of each task; with `cyclic` a question is asked once a turn of its options,
    and the options' probabilities are averaged. Each turn is journalled as it returns, where `keep_in` was called.
    """

    def __init__(self, inner: Model, *, renders: Mapping[str, Render], permutations: Permutations) -> None:
        self._inner, self._renders, self._permutations = inner, renders, permutations
        self._journal: Journal | None = None
        self._masses: list[float] = []
        # The loop's calls, each split into its turns, are together no more than the model takes.
        self._slots = asyncio.Semaphore(inner.concurrency)
        self.concurrency, self.chunk = inner.concurrency, inner.chunk
        self.identity: Mapping[str, Any] = {**inner.identity, "scoring": "logprob", "permutations": permutations}

    def keep_in(self, journal: Journal) -> None:
        """From now on a turn that the journal holds is not asked again."""
        self._journal = journal

    async def answer(self, requests: Sequence[Request]) -> Sequence[Outcome]:
        """One outcome a question, from all of its turns. Raises what the model raises, after keeping what came back."""
        asked = [turns(request, self._renders[request.item.task], self._permutations) for request in requests]
        outcomes = iter(await self._turns([turn for of_one in asked for turn in of_one]))
        answered = [averaged(of_one, [next(outcomes) for _ in of_one]) for of_one in asked]
        self._masses += [mass for outcome in answered if (mass := _mass(outcome)) is not None]
        return answered

    def log_to(self, path: Path) -> None:
        """Passed on to a model in a server that is started for it."""
        if isinstance(self._inner, StartsServer):
            self._inner.log_to(path)

    async def close(self) -> None:
        """Ends the model."""
        await self._inner.close()

    def look_back(self, asked: Iterable[tuple[str, int, Outcome | None]]) -> None:
        """Has its warning, and what the model itself has to say, be on these questions."""
        every = list(asked)
        self._masses = [mass for _, _, outcome in every if (mass := _mass(outcome)) is not None]
        if isinstance(self._inner, LooksBack):
            self._inner.look_back(every)

    def report(self) -> dict[str, Any]:
        """What the model reports of its calls."""
        report = getattr(self._inner, "report", None)
        return dict(report()) if callable(report) else {}

    def notes(self) -> list[str]:
        """The model's lines, and a warning where it would rather begin with something else than a letter."""
        notes = getattr(self._inner, "notes", None)
        lines = list(notes()) if callable(notes) else []
        mass = sum(self._masses) / len(self._masses) if self._masses else 1.0
        if mass < LOW_MASS:
            lines.append(
                f"the option letters have {mass:.0%} of the first token's probability: the prompt does not make the "
                "model begin with a letter (try task.prompt=released, or task.scoring=generate)"
            )
        return lines

    async def _turns(self, asked: Sequence[Turn]) -> list[Outcome]:
        keys = [self._key(turn.request) for turn in asked]
        known = await self._known(keys)
        left = [(key, turn.request) for key, turn in zip(keys, asked, strict=True) if key not in known]
        parts = [left[start : start + self.chunk] for start in range(0, len(left), self.chunk)]
        ended = await asyncio.gather(*map(self._part, parts), return_exceptions=True)
        new: dict[str, Outcome] = {}
        for one in ended:
            if isinstance(one, BaseException):  # raised when the others have ended and are kept
                raise one
            new |= one
        return [known[key] if key in known else new[key] for key in keys]

    async def _part(self, part: Sequence[tuple[str, Request]]) -> dict[str, Outcome]:
        async with self._slots:
            outcomes = await self._inner.answer([request for _, request in part])
        for (key, request), outcome in zip(part, outcomes, strict=True):
            await self._keep(key, request, outcome)
        return {key: outcome for (key, _), outcome in zip(part, outcomes, strict=True)}

    async def _keep(self, key: str, request: Request, outcome: Outcome) -> None:
        from medq.journal.store import Entry

        if self._keeps_turns() and isinstance(outcome, Answer) and self._journal is not None:
            await asyncio.wrap_future(self._journal.put(Entry(key, request.item.id, asdict(outcome))))

    async def _known(self, keys: Sequence[str]) -> dict[str, Outcome]:
        if self._journal is None or not self._keeps_turns():
            return {}
        found = await asyncio.to_thread(self._journal.answers, keys)
        return {key: Answer(**record) for key, record in found.items()}

    def _keeps_turns(self) -> bool:
        """A question of a single turn is kept by the loop, as any other."""
        return self._permutations == "cyclic"

    def _key(self, request: Request) -> str:
        identity = {**self._inner.identity, "letters": list(request.letters)}
        hashes = [image.sent_sha256 for image in request.images]
        return answer_key(identity, prompt=request.prompt, images=hashes, sample=request.sample)


def first_token_settings(settings: ModelSettings) -> ModelSettings:
    """The settings with the decoding that requests with letters are sent with, so that a model's identity states it."""
    if settings.kind != "litellm":
        return settings.model_copy(update={"max_tokens": 1, "temperature": 0, "top_p": None, "seed": None})
    wanted = first_token_params(settings.id or "", settings.decoding(), api_base=settings.api_base)
    own = {"max_tokens": wanted.pop("max_tokens"), "temperature": wanted.pop("temperature")}
    return settings.model_copy(update={**own, "top_p": None, "seed": None, "extra": wanted})


def _mass(outcome: Outcome | None) -> float | None:
    return outcome.notes.get("letter_mass") if isinstance(outcome, Answer) else None
