"""The one loop that asks: looks answers up in the journal, asks for the rest, and keeps each as it arrives."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from types import MappingProxyType
from typing import Any

from medq.errors import BudgetReached, ConfigError, MedqError
from medq.journal import Journal
from medq.journal.store import Entry
from medq.models.interface import Answer, Failure, KeepsParts, Model, Outcome, Request
from medq.records import ImageRecord
from medq.run.question import Prepared, Question
from medq.secrets import redact

LOOKUP_BATCH = 32
FILE_FAILURES_AT_START = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what came of it. `outcome` is None where it was never asked (scoring an unfinished journal)."""

    question: Question
    key: str
    images: tuple[ImageRecord, ...]
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class Looked:
    """What is known of a question whose images another process has read: its item's id, its key, their ledger."""

    item: str
    key: str
    images: tuple[ImageRecord, ...]


Observer = Callable[[Outcome, bool], None]  # (outcome, whether it came out of the journal)


async def ask_all(
    questions: Iterable[Question],
    *,
    prepare: Callable[[Question], Prepared],
    model: Model,
    journal: Journal,
    observe: Observer,
) -> list[Asked]:
    """Every question with its outcome, in order.

    Answers in the journal are taken from it, failures in it are asked again. Questions with the same key are asked
    once. Whatever a model raises for one request becomes that request's failure; a `MedqError` ends the loop, a
    `BudgetReached` only when the calls under way have ended and are kept.
    """
    if isinstance(model, KeepsParts):
        model.keep_in(journal)
    state = _Loop(prepare, model, journal, observe)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(state.produce(questions))
            for _ in range(model.concurrency):
                group.create_task(state.work(group))
    except* MedqError as errors:
        raise _first(errors) from None
    if state.stopped is not None:
        raise state.stopped
    return state.collect()


class _Loop:
    def __init__(
        self, prepare: Callable[[Question], Prepared], model: Model, journal: Journal, observe: Observer
    ) -> None:
        self.prepare, self.model, self.journal, self.observe = prepare, model, journal, observe
        self.queue: asyncio.Queue[tuple[str, Request] | None] = asyncio.Queue(2 * model.concurrency * model.chunk)
        self.plan: list[tuple[Question, str, tuple[ImageRecord, ...]]] = []
        self.outcomes: dict[str, Outcome] = {}
        self.waiting: dict[str, int] = {}
        self.file_failures = 0
        self.stopped: BudgetReached | None = None

    async def produce(self, questions: Iterable[Question]) -> None:
        source = iter(questions)
        while self.stopped is None and (batch := await asyncio.to_thread(self._prepare_batch, source)):
            keys = [prepared.key for _, prepared in batch]
            known = await asyncio.to_thread(self.journal.answers, keys)
            for question, prepared in batch:
                await self._admit(question, prepared, known)
        for _ in range(self.model.concurrency):
            await self.queue.put(None)

    def _prepare_batch(self, source: Iterator[Question]) -> list[tuple[Question, Prepared]]:
        return [(question, self.prepare(question)) for question in islice(source, LOOKUP_BATCH)]

    async def _admit(self, question: Question, prepared: Prepared, known: Mapping[str, dict[str, Any]]) -> None:
        key = prepared.key
        self.plan.append((question, key, prepared.images))
        if key in self.outcomes:
            self.observe(self.outcomes[key], True)
        elif key in known:
            self.outcomes[key] = Answer(**known[key])
            self.observe(self.outcomes[key], True)
        elif prepared.failure is not None:
            self.file_failures += 1
            self._stop_if_no_image_can_be_read(prepared.failure)
            await self._settle(key, question.item.id, prepared.failure)
        elif key in self.waiting:
            self.waiting[key] += 1
        elif prepared.request is not None:
            self.waiting[key] = 1
            await self.queue.put((key, prepared.request))

    def _stop_if_no_image_can_be_read(self, failure: Failure) -> None:
        if self.file_failures == FILE_FAILURES_AT_START == len(self.plan):
            raise ConfigError(f"none of the first {self.file_failures} images can be sent: {failure.message}")

    async def work(self, group: asyncio.TaskGroup) -> None:
        while True:
            batch = await self._take()
            if not batch:
                return
            if self.stopped is not None:
                continue  # empties the queue, so that `produce` is not left waiting for a place in it
            try:
                outcomes = await self._answer([request for _, request in batch])
            except BudgetReached as error:
                self.stopped = error
                continue
            for (key, request), outcome in zip(batch, outcomes, strict=True):
                # The next question need not wait for the disk; an answer counts once it is committed all the same.
                group.create_task(self._settle(key, request.item.id, outcome))

    async def _take(self) -> list[tuple[str, Request]]:
        first = await self.queue.get()
        batch = [] if first is None else [first]
        while batch and len(batch) < self.model.chunk and not self.queue.empty():
            following = self.queue.get_nowait()
            if following is None:
                self.queue.put_nowait(None)
                break
            batch.append(following)
        return batch

    async def _answer(self, requests: list[Request]) -> Sequence[Outcome]:
        try:
            return await self.model.answer(requests)
        except MedqError:
            raise
        except Exception as error:  # noqa: BLE001  the per-item boundary: the cause is stored with the row
            failure = Failure("internal", redact(f"{type(error).__name__}: {error}"), permanent=True)
            return [failure] * len(requests)

    async def _settle(self, key: str, item: str, outcome: Outcome) -> None:
        entry = Entry(key, item, asdict(outcome), failed=isinstance(outcome, Failure))
        await asyncio.wrap_future(self.journal.put(entry))
        self.outcomes[key] = outcome
        for _ in range(self.waiting.pop(key, 1)):
            self.observe(outcome, False)

    def collect(self) -> list[Asked]:
        return [Asked(question, key, images, self.outcomes[key]) for question, key, images in self.plan]


def from_journal(
    questions: Iterable[Question],
    *,
    prepare: Callable[[Question], Prepared],
    journal: Journal,
    looked: Mapping[int, Looked] = MappingProxyType({}),
) -> list[Asked]:
    """Every question with the answer or the last failure that the journal holds; asks nothing.

    `looked` holds, by their number in `questions`, those whose images need not be read again.
    """
    plan = []
    for number, question in enumerate(questions):
        found = looked.get(number)
        if found is None or found.item != question.item.id:
            prepared = prepare(question)
            found = Looked(question.item.id, prepared.key, prepared.images)
        plan.append((question, found))
    keys = [found.key for _, found in plan]
    answers, failures = journal.answers(keys), journal.last_failures(keys)
    return [
        Asked(question, found.key, found.images, _outcome(found.key, answers, failures)) for question, found in plan
    ]


def _outcome(key: str, answers: Mapping[str, Any], failures: Mapping[str, Any]) -> Outcome | None:
    if key in answers:
        return Answer(**answers[key])
    return Failure(**failures[key]) if key in failures else None


def _first(errors: BaseExceptionGroup[MedqError]) -> MedqError:
    found = errors.exceptions[0]
    return _first(found) if isinstance(found, BaseExceptionGroup) else found
