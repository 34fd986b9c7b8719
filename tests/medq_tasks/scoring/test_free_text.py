"""What of free text goes to a judge."""

import pytest

from medq_tasks.scoring import FreeTextOutcome, read_free_text


@pytest.mark.parametrize("response", [None, "", " \n", "[LMMS_EVAL_REQUEST_FAILED after 5 retries] Overall, good."])
def test_missing_and_failed_calls_are_errors(response: str | None) -> None:
    assert read_free_text(response) == FreeTextOutcome("error", "no_response")


def test_failure_text_of_vlmevalkit_is_an_error_whatever_the_finish_reason() -> None:
    assert read_free_text("Failed to obtain answer via API.", finish_reason="stop").state == "error"


@pytest.mark.parametrize(("reason", "rule"), [("stop", "no_answer"), ("length", "truncated")])
def test_empty_answers_that_the_model_ended_are_unscored(reason: str, rule: str) -> None:
    assert read_free_text("", finish_reason=reason) == FreeTextOutcome("unscored", rule)


@pytest.mark.parametrize("response", ["Noise is mild. Overall, good.", "I'm sorry, I can't assess this image."])
def test_any_other_text_is_for_the_judge(response: str) -> None:
    assert read_free_text(response) == FreeTextOutcome("scored", None)
