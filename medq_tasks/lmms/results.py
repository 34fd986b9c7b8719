"""Results of multiple-choice tasks inside lmms-eval: rows a document, metrics from rows."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from medq_tasks.item import QUESTION_TYPES
from medq_tasks.lmms.docs import Doc, item_of, whole_item
from medq_tasks.lmms.ending import without_ending
from medq_tasks.scoring import AXES, Scored, accuracy, score_choice

Row = Mapping[str, Any]


def choice_results(doc: Doc, results: Sequence[str]) -> dict[str, Row]:
    """The document's row under the name of every metric that it counts in.

    A response that lmms-eval stored for a failed call is an error, left out of accuracy and counted in `n_error`.
    """
    text, finish_reason = without_ending(results[0])
    outcome = score_choice(item_of(doc), text, finish_reason=finish_reason)
    row = {"state": outcome.state, "correct": outcome.correct, "prediction": outcome.prediction, "rule": outcome.rule}
    row |= {"id": doc["id"], "cluster": cluster_of(doc), **{axis: doc[axis] for axis in AXES}}
    metrics = ["accuracy", "n_unscored", "n_error"]
    if doc["question_type"] in QUESTION_TYPES:
        metrics.append(f"accuracy_{doc['question_type']}")
    return dict.fromkeys(metrics, row)


def accuracy_of(rows: Sequence[Row]) -> float:
    """Accuracy in [0, 1] by the benchmark's rule; NaN where every row failed."""
    value = accuracy(scored(row) for row in rows).value
    return float("nan") if value is None else value


def unscored(rows: Sequence[Row]) -> int:
    """How many answers could not be read; they are wrong by the benchmark's rule."""
    return sum(row["state"] == "unscored" for row in rows)


def errors(rows: Sequence[Row]) -> int:
    """How many calls failed; they are left out of accuracy."""
    return sum(row["state"] == "error" for row in rows)


def scored(row: Row) -> Scored:
    """The row as `medq_tasks.scoring` takes it."""
    return Scored(row["state"], row["correct"], row["cluster"], {axis: row[axis] for axis in AXES})


def cluster_of(doc: Doc) -> str:
    """What rows about the same images share."""
    return hashlib.sha256(b"".join(image.read() for image in whole_item(doc).images)).hexdigest()
