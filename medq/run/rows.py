"""From what was asked to the rows of `samples.jsonl`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from medq.models.interface import Answer, Failure, Outcome
from medq.records import Sample
from medq.run.loop import Asked
from medq.run.task_kinds import TaskKind
from medq_tasks.item import Item
from medq_tasks.scoring import ChoiceOutcome, read_free_text

NOT_ASKED = "not asked yet"


def row_of(asked: Asked, kind: TaskKind) -> Sample:
    """The row of one question: the item's axes, what was asked, what came back, and how it is scored."""
    item = asked.question.item
    return Sample(
        **_axes(item),
        question=item.question,
        options={option.letter: option.text for option in item.options},
        prompt=asked.question.prompt,
        images=list(asked.images),
        answer=item.answer,
        reference=item.reference,
        sample=asked.question.sample,
        **_said(asked.outcome),
        **_scored(item, asked.outcome, kind),
    )


def _axes(item: Item) -> Mapping[str, Any]:
    names = (
        "id", "task", "split", "modality", "question_type", "degradation_level", "concern", "source", "difficulty",
        "degradation", "severity", "capability", "source_item",
    )  # fmt: skip
    return {name: getattr(item, name) for name in names}


def _said(outcome: Outcome | None) -> Mapping[str, Any]:
    if outcome is None:
        return {"response": None, "error": NOT_ASKED, "attempts": 0}
    if isinstance(outcome, Failure):
        return {
            "response": None,
            "error": f"{outcome.kind}: {outcome.message}",
            "attempts": outcome.attempts,
            "latency_s": outcome.latency_s,
            "cost_usd": outcome.cost_usd,
        }
    return {
        "response": outcome.text,
        "finish_reason": outcome.finish_reason,
        "latency_s": outcome.latency_s,
        "tokens_in": outcome.tokens_in,
        "tokens_out": outcome.tokens_out,
        "cost_usd": outcome.cost_usd,
        "attempts": outcome.attempts,
        **({"notes": dict(outcome.notes)} if outcome.notes else {}),
    }


def _scored(item: Item, outcome: Outcome | None, kind: TaskKind) -> Mapping[str, Any]:
    if not isinstance(outcome, Answer):
        return {"state": "error", "rule": None if outcome is None else outcome.kind}
    if kind.score is None:
        return _free_text(outcome)
    read: ChoiceOutcome = kind.score(item, outcome.text, finish_reason=outcome.finish_reason)
    error = {"error": f"replay: {read.rule}"} if read.state == "error" else {}
    return {"state": read.state, "prediction": read.prediction, "correct": read.correct, "rule": read.rule, **error}


def _free_text(answer: Answer) -> Mapping[str, Any]:
    """Free text is scored by its judgement; what is no answer at all is known before."""
    read = read_free_text(answer.text, finish_reason=answer.finish_reason)
    error = {"error": f"replay: {read.rule}"} if read.state == "error" else {}
    return {"state": read.state, "rule": read.rule, **error}
