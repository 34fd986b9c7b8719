"""The rows of MedQ-Deg tasks inside lmms-eval: one answer a question, accuracy by severity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from medq_tasks.item import SEVERITIES
from medq_tasks.lmms.docs import Doc
from medq_tasks.lmms.results import choice_results


def severity_results(doc: Doc, results: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    """The document's row under every metric that it counts in; lmms-eval asks once, so there is no confidence."""
    found = choice_results(doc, results)
    row = found["accuracy"]
    metrics = ["accuracy", "n_unscored", "n_error"]
    if doc["severity"] in SEVERITIES:
        metrics.append(f"accuracy_{doc['severity']}")
    return dict.fromkeys(metrics, row)
