"""Rows and means of free text inside lmms-eval: counted, and never a number for a failure."""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from medq_tasks.errors import InputError
from medq_tasks.lmms import judged
from medq_tasks.lmms.docs import doc_of
from medq_tasks.lmms.items import items_of
from medq_tasks.lmms.judging import AnswerToJudge, AxisScore
from medq_tasks.lmms.results import errors, unscored

FAILED = "[LMMS_EVAL_REQUEST_FAILED after 5 retries] 429"
RESPONSES = ("Overall, good.", "unreadable", FAILED, "broken")
MEANS = (*judged.AXES, "overall")


def judge(answer: AnswerToJudge) -> Mapping[str, AxisScore]:
    """Axes score 2, 1, 1, 1; one answer leaves completeness unread, another has a failed call."""
    scores = {axis: AxisScore("scored", 2.0 if axis == "completeness" else 1.0, {"raw": "x"}) for axis in judged.AXES}
    if answer.response == "unreadable":
        scores["completeness"] = AxisScore("unscored", None, {"raw": "1-2"})
    if answer.response == "broken":
        scores["consistency"] = AxisScore("error", None, {"raw": None})
    return scores


@pytest.fixture
def judging(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judged, "judge_of_environment", lambda: judge)


def docs() -> list[dict[str, Any]]:
    items = items_of("perception", "test")
    return [doc_of(item, at) | {"task": "perception", "reference": "text"} for at, item in enumerate(items)]


def rows() -> dict[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = {}
    for doc, response in zip(docs(), RESPONSES, strict=True):
        for metric, row in judged.judged_results(doc, [response]).items():
            found.setdefault(metric, []).append(row)
    return found


def test_means_rest_on_scored_axes_alone_and_travel_with_their_counts(items_file: Path, judging: None) -> None:
    found = rows()
    assert judged.axis_mean(found["completeness"]) == 2
    assert judged.axis_mean(found["consistency"]) == 1
    assert (unscored(found["n_unscored_completeness"]), errors(found["n_error_completeness"])) == (1, 1)
    assert (unscored(found["n_unscored_consistency"]), errors(found["n_error_consistency"])) == (0, 2)
    assert judged.answered(found["n_answered"]) == 3


def test_overall_needs_all_four_axes(items_file: Path, judging: None) -> None:
    found = rows()
    assert judged.overall_mean(found["overall"]) == 5
    assert (unscored(found["n_unscored"]), errors(found["n_error"])) == (1, 2)


def test_failed_call_of_the_model_is_not_judged(items_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    recording = lambda answer: asked.append(answer.response) or judge(answer)  # noqa: E731
    monkeypatch.setattr(judged, "judge_of_environment", lambda: recording)
    rows()
    assert asked == [response for response in RESPONSES if response != FAILED]


def test_without_a_judge_answers_are_kept_and_counted(items_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judged, "judge_of_environment", lambda: None)
    found = rows()
    assert set(found) == {"n_answered", "n_unscored", "n_error"}
    assert [row["response"] for row in found["n_answered"]] == list(RESPONSES)
    counts = judged.answered(found["n_answered"]), unscored(found["n_unscored"]), errors(found["n_error"])
    assert counts == (3, 0, 1)


def test_nothing_scored_is_not_a_number(items_file: Path, judging: None) -> None:
    row = judged.judged_results(docs()[0], [FAILED])
    assert math.isnan(judged.axis_mean([row["completeness"]]))
    assert math.isnan(judged.overall_mean([row["overall"]]))


def test_rows_are_json_without_the_key_that_lmms_eval_averages(items_file: Path, judging: None) -> None:
    found = rows()
    assert json.loads(json.dumps(found)) == found
    assert all("score" not in row for metric in MEANS for row in found[metric])


def test_refused_judge_ends_the_process_with_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> None:
        raise InputError("MEDQ_JUDGE=gpt4: unknown judge")

    monkeypatch.setattr(judged, "judge_of_environment", refused)
    with pytest.raises(SystemExit, match="error: MEDQ_JUDGE=gpt4: unknown judge"):
        judged.judged_documents("reasoning", "test")
