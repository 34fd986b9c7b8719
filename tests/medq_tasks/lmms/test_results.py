"""Rows and metrics inside lmms-eval are those of our own scoring."""

import math
from pathlib import Path

from medq_tasks.lmms.docs import doc_of
from medq_tasks.lmms.items import items_of
from medq_tasks.lmms.results import accuracy_of, choice_results, errors, unscored

RESPONSES = (
    "A",
    "The answer is C.",
    "I'm sorry, I can't assist with that.",
    "[LMMS_EVAL_REQUEST_FAILED after 5 retries] A",
)


def rows(metric: str) -> list[dict[str, object]]:
    items = items_of("perception", "test")
    results = [
        choice_results(doc_of(item, at), [text]) for at, (item, text) in enumerate(zip(items, RESPONSES, strict=True))
    ]
    return [dict(result[metric]) for result in results if metric in result]


def test_headline_counts_unread_answers_as_wrong_and_leaves_failures_out(items_file: Path) -> None:
    assert accuracy_of(rows("accuracy")) == 2 / 3
    assert (unscored(rows("n_unscored")), errors(rows("n_error"))) == (1, 1)


def test_types_get_only_their_own_documents(items_file: Path) -> None:
    assert accuracy_of(rows("accuracy_what")) == 1
    assert accuracy_of(rows("accuracy_how")) == 0
    assert accuracy_of(rows("accuracy_yes_or_no")) == 1


def test_rows_of_one_image_share_their_cluster(items_file: Path) -> None:
    clusters = [row["cluster"] for row in rows("accuracy")]
    assert clusters[0] == clusters[1] != clusters[2] == clusters[3]


def test_nothing_but_failures_is_not_a_number(items_file: Path) -> None:
    doc = doc_of(items_of("perception", "test")[0])
    assert math.isnan(accuracy_of([choice_results(doc, [""])["accuracy"]]))
