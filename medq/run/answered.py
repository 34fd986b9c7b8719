"""What a session's questions came to, whoever asked them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from medq.models.interface import LooksBack, Model
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


def said_by(model: Model, asked: Sequence[Asked]) -> Answered:
    """The questions with what the model itself reports of them."""
    return Answered(asked, notes_of(model, asked), calls_of(model))


def notes_of(model: Model, asked: Sequence[Asked]) -> tuple[str, ...]:
    """The model's lines for the user on these questions."""
    if isinstance(model, LooksBack):
        model.look_back((one.question.item.id, one.question.sample, one.outcome) for one in asked)
    notes = getattr(model, "notes", None)
    return tuple(notes()) if callable(notes) else ()


def calls_of(model: Model) -> Mapping[str, Any]:
    """The model's report of its calls; empty for one that makes none."""
    report = getattr(model, "report", None)
    return dict(report()) if callable(report) else {}
