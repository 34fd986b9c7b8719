"""Results of the free-text tasks inside lmms-eval: rows a document, the means of the judge's axes from rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from medq_tasks.errors import InputError
from medq_tasks.lmms.docs import Doc, documents
from medq_tasks.lmms.ending import without_ending
from medq_tasks.lmms.judging import AnswerToJudge, AxisScore, judge_of_environment
from medq_tasks.lmms.results import Row, cluster_of
from medq_tasks.scoring import METRICS, Scored, State, mean_score, read_free_text

if TYPE_CHECKING:
    from datasets import Dataset

AXES = ("completeness", "preciseness", "consistency", "quality_accuracy")


def judged_documents(task: str, split: str) -> Dataset:
    """The documents of a task of free text.

    A judge that MEDQ_JUDGE names is opened here, so that a wrong name or a missing key ends the evaluation, with a line
    that says so, before the model is asked anything.
    """
    try:
        judge_of_environment()
    except InputError as error:
        # lmms-eval loads documents five times over when that fails, and hides the reason of any other exception.
        raise SystemExit(f"error: {error}") from error
    return documents(task, split)


def judged_results(doc: Doc, results: Sequence[str]) -> dict[str, Row]:
    """The document's row under the name of every metric that it counts in.

    `n_answered` holds the response and, where MEDQ_JUDGE names a judge, its record by axis. Each axis and `overall`
    then has a row of its own, as have their counts; without a judge only the answers are counted. A failed call is an
    error and never judged.
    """
    response, finish_reason = without_ending(results[0])
    read = read_free_text(response, finish_reason=finish_reason)
    judge = judge_of_environment()
    row = {"id": doc["id"], "state": read.state, "rule": read.rule, "response": response}
    if judge is None:
        return {"n_answered": row} | dict.fromkeys(("n_unscored", "n_error"), _row(doc, read.state, None))
    scores = {axis: AxisScore(read.state, None, {}) for axis in AXES}
    if read.state == "scored":
        scores |= judge(AnswerToJudge(doc["id"], doc["task"], response, doc["reference"], doc["modality"]))
        row["judge"] = {axis: dict(score.record) for axis, score in scores.items()}
    return {"n_answered": row, **_measured(doc, scores)}


def axis_mean(rows: Sequence[Row]) -> float:
    """The mean score of an axis, 0 to 2, over the rows that have one; NaN where none has."""
    return _mean(rows, highest=METRICS["quality_accuracy"].high)


def overall_mean(rows: Sequence[Row]) -> float:
    """The mean of the sum of the four axes, 0 to 8, over the rows that have all four; NaN where none has."""
    return _mean(rows, highest=METRICS["overall"].high)


def answered(rows: Sequence[Row]) -> int:
    """How many documents have a response that can be judged."""
    return sum(row["state"] == "scored" for row in rows)


def _measured(doc: Doc, scores: Mapping[str, AxisScore]) -> dict[str, Row]:
    overall = _overall(doc, [scores[axis] for axis in AXES])
    measured = {"overall": overall, "n_unscored": overall, "n_error": overall}
    for axis in AXES:
        row = _row(doc, scores[axis].state, scores[axis].score)
        measured |= {axis: row, f"n_unscored_{axis}": row, f"n_error_{axis}": row}
    return measured


def _overall(doc: Doc, scores: Sequence[AxisScore]) -> Row:
    """The sum of the axes, only where all are scored: a sum of three would be another quantity."""
    states = {score.state for score in scores}
    state: State = "error" if "error" in states else "unscored" if "unscored" in states else "scored"
    return _row(doc, state, sum(score.score or 0 for score in scores) if state == "scored" else None)


def _row(doc: Doc, state: State, value: float | None) -> dict[str, Any]:
    # Not "score": lmms-eval works out a standard error from every row with that key, and cannot where it is None.
    return {"id": doc["id"], "state": state, "value": value, "cluster": cluster_of(doc)}


def _mean(rows: Sequence[Row], *, highest: float) -> float:
    scored = [Scored(row["state"], row["value"], row["cluster"]) for row in rows]
    value = mean_score(scored, highest=highest).value
    return float("nan") if value is None else value
