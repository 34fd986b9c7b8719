"""The results of MedQ-Deg: accuracy, confidence and Calibration Shift of questions that were asked several times."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from medq.records import Metric, Sample
from medq.run.voted_beside import Forecast, question_values, reliability_levels, tests_and_curves
from medq_tasks.calibration import (
    Measured,
    Vote,
    VotedItem,
    VoteRules,
    accuracy_mean,
    brier_score,
    confidence_mean,
    expected_calibration_error,
    letter_probability,
    measured,
    shift_mean,
    stated_confidence,
)
from medq_tasks.degradation.capabilities import TASKS, ability_of, task_of
from medq_tasks.degradation.categories import category_of
from medq_tasks.scoring import AXES, Mean, grouped

VOTED_AXES = (*AXES, "degradation_category", "capability_task", "ability")
Rows = Sequence[Sample]


@dataclass(frozen=True, slots=True)
class VotedResults:
    """Metrics, breakdowns and what stands beside them in `results.json`."""

    metrics: Mapping[str, Metric]
    breakdowns: Mapping[str, Mapping[str, Mapping[str, Metric]]]
    beside: Mapping[str, Any]


def voted_results(rows: Rows, rules: VoteRules) -> VotedResults:
    """The results of rows with several votes a question, one row a vote."""
    questions = _by_question(rows)
    items = [measured(item, rules) for item in _items(questions, rules)]
    chances = {id(item): 1 / len(of_one[0].options) for item, of_one in zip(items, questions, strict=True)}
    means = _means(items, rules, chances)
    groups = {
        axis: {value: {name: mean(same) for name, mean in means.items()} for value, same in by_value.items()}
        for axis in VOTED_AXES
        if (by_value := grouped(items, axis))
    }
    metrics = {name: mean(items) for name, mean in means.items()} | dict(_of_answers(rows, rules))
    beside = {
        "rules": asdict(rules),
        "votes": _votes(rows),
        "average_over_capability_tasks": _average(groups.get("capability_task", {})),
        **tests_and_curves(items),
        "reliability": reliability_levels(_forecasts(rows, items, rules), of_questions=rules.confidence == "votes"),
        "questions": question_values(items),
    }
    return VotedResults(metrics, groups, {"degradation": beside})


def _means(
    items: Sequence[Measured], rules: VoteRules, chances: Mapping[int, float]
) -> dict[str, Callable[[Sequence[Measured]], Metric]]:
    """The means of questions; confidence and shift only where some question has a confidence or failed to get one."""
    named: dict[str, Callable[[Sequence[Measured]], Mean]] = {"accuracy": accuracy_mean}
    if rules.confidence != "votes" or any(item.confidence_state != "unscored" for item in items):
        named |= {"confidence": confidence_mean, "calibration_shift": shift_mean}
    return {name: partial(_metric, name, mean, chances) for name, mean in named.items()}


def _metric(
    name: str, mean: Callable[[Sequence[Measured]], Mean], chances: Mapping[int, float], items: Sequence[Measured]
) -> Metric:
    chance = sum(chances[id(item)] for item in items) / len(items) if name == "accuracy" and items else None
    return Metric.model_validate(asdict(mean(items)) | {"chance": chance})


def _by_question(rows: Rows) -> list[list[Sample]]:
    questions: dict[str, list[Sample]] = {}
    for row in rows:
        questions.setdefault(row.id, []).append(row)
    return list(questions.values())


def _items(questions: Sequence[Rows], rules: VoteRules) -> Iterator[VotedItem]:
    """The questions; those that go back to one clean image form a cluster, whatever was done to their copies of it."""
    clean = {_source(rows[0]): _images(rows[0]) for rows in questions if rows[0].severity == "L0"}
    for rows in questions:
        first, source = rows[0], _source(rows[0])
        yield VotedItem(
            letters=tuple(first.options),
            answer=first.answer or "",
            votes=tuple(Vote(row.state, row.prediction, _stated(row, rules)) for row in rows),
            cluster=clean.get(source) or source,
            source_item=source,
            axes=_axes(first),
        )


def _stated(row: Sample, rules: VoteRules) -> float | None:
    if row.state != "scored" or row.prediction is None or rules.confidence == "votes":
        return None
    if rules.confidence == "verbal":
        return stated_confidence(row.response or "")
    notes = (row.model_extra or {}).get("notes") or {}
    if "option_probabilities" in notes:  # task.scoring=logprob
        return float(notes["option_probabilities"][row.prediction])
    return letter_probability(notes.get("logprobs") or (), row.prediction)


def _axes(row: Sample) -> Mapping[str, str | None]:
    task = task_of(row.capability)
    axes: dict[str, str | None] = {axis: getattr(row, axis) for axis in AXES}
    category = category_of(row.degradation)
    return axes | {"degradation_category": category, "capability_task": task, "ability": ability_of(task)}


def _of_answers(rows: Rows, rules: VoteRules) -> Iterator[tuple[str, Metric]]:
    """ECE and Brier over single answers with a stated probability; the entropy of votes belongs to no single answer."""
    if rules.confidence == "votes":
        return
    stated = [(_stated(row, rules), bool(row.correct)) for row in rows]
    known = [(confidence, correct) for confidence, correct in stated if confidence is not None]
    errors = sum(row.state == "error" for row in rows)
    confidence, correct = [pair[0] for pair in known], [pair[1] for pair in known]
    for name, value in (
        ("expected_calibration_error", expected_calibration_error(confidence, correct)),
        ("brier", brier_score(confidence, correct)),
    ):
        yield name, Metric(value=value, n=len(known), n_unscored=len(rows) - len(known) - errors, n_error=errors)


def _forecasts(rows: Rows, items: Sequence[Measured], rules: VoteRules) -> Iterator[Forecast]:
    """A confidence and what was right of it: of questions for votes, of answers where an answer has a probability.

    The entropy of votes belongs to a question, and what is right of it is the share of its votes.
    """
    if rules.confidence == "votes":
        for item in items:
            if item.confidence is not None and item.accuracy is not None:
                yield Forecast(item.axes.get("severity"), item.confidence, item.accuracy)
        return
    for row in rows:
        if (confidence := _stated(row, rules)) is not None:
            yield Forecast(row.severity, confidence, float(bool(row.correct)))


def _votes(rows: Rows) -> Mapping[str, int]:
    states = [row.state for row in rows]
    counts = {state: states.count(state) for state in ("scored", "unscored", "error")}
    return {"a_question": max((row.sample for row in rows), default=-1) + 1, **counts}


def _average(by_task: Mapping[str, Mapping[str, Metric]]) -> Mapping[str, Any]:
    """The paper's "Avg": the plain mean of the six tasks' accuracies, here of those that the data has."""
    values = [by_task[task]["accuracy"].value for task in TASKS if task in by_task]
    known = [value for value in values if value is not None]
    return {"accuracy": sum(known) / len(known) if known else None, "tasks": len(known)}


def _source(row: Sample) -> str:
    return row.source_item or row.id


def _images(row: Sample) -> str:
    return "+".join(image.sha256 for image in row.images)
