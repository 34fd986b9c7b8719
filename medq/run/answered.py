"""What a session's questions came to, whoever asked them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

from medq.models.interface import Model
from medq.run.loop import Asked


@dataclass(frozen=True, slots=True)
class Answered:
    """All questions with their outcomes.

    `notes` are the model's lines for the user, `calls` and `shards` parts of the manifest.
    """

    asked: Sequence[Asked]
    notes: tuple[str, ...] = ()
    calls: Mapping[str, Any] = field(default_factory=dict)
    shards: Mapping[str, Any] = field(default_factory=dict)


@runtime_checkable
class LooksBack(Protocol):
    """A model whose notes are about all questions of a run, also those that it was not asked in this process."""

    def met(self, questions: Iterable[tuple[str, int]]) -> None:
        """Item and vote of every question."""

    def notes(self) -> list[str]:
        """Lines for the user."""


def said_by(model: Model, asked: Sequence[Asked]) -> Answered:
    """The questions with what the model itself reports of them."""
    return Answered(asked, notes_of(model, asked), calls_of(model))


def notes_of(model: Model, asked: Sequence[Asked]) -> tuple[str, ...]:
    """The model's lines for the user after these questions."""
    if isinstance(model, LooksBack):
        model.met((one.question.item.id, one.question.sample) for one in asked)
    notes = getattr(model, "notes", None)
    return tuple(notes()) if callable(notes) else ()


def calls_of(model: Model) -> Mapping[str, Any]:
    """The model's report of its calls; empty for one that makes none."""
    report = getattr(model, "report", None)
    return dict(report()) if callable(report) else {}
