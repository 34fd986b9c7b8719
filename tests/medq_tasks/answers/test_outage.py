"""Failure texts of other frameworks."""

import pytest

from medq_tasks.answers import is_outage


@pytest.mark.parametrize(
    "text",
    [
        "Failed to obtain answer via API.",
        "[LMMS_EVAL_REQUEST_FAILED after 5 retries] 429 A rate limit",
        "[LMMS_EVAL_BUDGET_EXCEEDED]",
        'Error: can only concatenate str (not "NoneType") to str',
    ],
)
def test_stored_failure_texts_are_no_answers(text: str) -> None:
    assert is_outage(text)


@pytest.mark.parametrize("text", ["", "B", "The scan failed to obtain detail. Answer: B"])
def test_ordinary_answers_are_no_outage(text: str) -> None:
    assert not is_outage(text)
