"""Results of MedQ-Deg from rows."""

from __future__ import annotations

from typing import Any

import pytest

from medq.records import ImageRecord, Sample
from medq.run.results import results_of
from medq_tasks.calibration.voted import VoteRules

OPTIONS = {"A": "1", "B": "2", "C": "3", "D": "4"}


def _image(name: str) -> ImageRecord:
    return ImageRecord(
        sha256=name, format="PNG", width=8, height=8, bit_depth=8, sent_sha256=name, sent_format="PNG", lossless=True
    )


def _rows(source: str, severity: str, votes: str, **more: Any) -> list[Sample]:
    """A row a vote: a letter, `?` unreadable, `!` failed. The right answer is A."""
    rows = []
    for number, sign in enumerate(votes):
        state = {"?": "unscored", "!": "error"}.get(sign, "scored")
        letter = sign if state == "scored" else None
        fields: dict[str, Any] = {
            "id": f"{source}:{severity}",
            "task": "degradation",
            "question": "?",
            "prompt": "?",
            "options": OPTIONS,
            "images": [_image(f"{source}{severity}")],
            "answer": "A",
            "sample": number,
            "state": state,
            "prediction": letter,
            "correct": None if letter is None else letter == "A",
            "response": letter,
            "severity": severity,
            "degradation": None if severity == "L0" else "low_dose",
            "source_item": source,
            "modality": "ct",
            "capability": "Counting",
        }
        rows.append(Sample.model_validate(fields | more))
    return rows


ROWS = [
    *_rows("q1", "L0", "AAAA"),
    *_rows("q1", "L1", "AABB"),
    *_rows("q1", "L2", "BBBB"),
    *_rows("q2", "L0", "AAAA"),
    *_rows("q2", "L1", "AAA?"),
    *_rows("q2", "L2", "AAA!"),
]


STATED = [
    *_rows("q1", "L0", "A", response="A\nConfidence: 90%"),
    *_rows("q2", "L0", "B", response="B\nConfidence: 70%"),
    *_rows("q3", "L0", "A", response="A"),
]


def test_accuracy_confidence_and_shift_by_hand() -> None:
    results = results_of("degradation", "m", ROWS)
    accuracy, confidence, shift = (results.metrics[name] for name in ("accuracy", "confidence", "calibration_shift"))
    assert accuracy.value == pytest.approx((1 + 0.5 + 0 + 1 + 0.75 + 1) / 6)
    assert (accuracy.n, accuracy.n_error, accuracy.chance) == (6, 0, 0.25)
    assert (accuracy.lower, accuracy.upper) == (pytest.approx(4.0 / 6), pytest.approx(4.5 / 6))
    assert (confidence.n, confidence.n_error) == (5, 1)
    by_severity = results.breakdowns["severity"]
    assert by_severity["L0"]["calibration_shift"].value == 0.0
    assert by_severity["L2"]["calibration_shift"].value == 1.0  # q2 has no confidence: a call failed
    assert by_severity["L2"]["accuracy"].value == 0.5
    clean, mild = by_severity["L0"], by_severity["L1"]
    for group in (clean, mild):
        difference = group["confidence"].value - group["accuracy"].value  # type: ignore[operator]
        assert group["calibration_shift"].value == pytest.approx(difference)
    assert shift.n == confidence.n
    assert not results.complete


def test_breakdowns_hold_category_task_and_ability() -> None:
    groups = results_of("degradation", "m", ROWS).breakdowns
    assert groups["degradation_category"]["noise"]["accuracy"].n == 4
    assert groups["capability"]["Counting"]["accuracy"].n == 6
    assert list(groups["capability_task"]) == ["Imaging Perception"]
    assert list(groups["ability"]) == ["Medical Perception"]


def test_the_rules_change_the_numbers_and_are_written_down() -> None:
    majority = results_of("degradation", "m", ROWS, rules=VoteRules(aggregate="majority", unreadable="drop"))
    assert majority.metrics["accuracy"].value == pytest.approx((1 + 0.5 + 0 + 1 + 1 + 1) / 6)
    assert majority.model_extra is not None
    assert majority.model_extra["degradation"]["rules"]["aggregate"] == "majority"
    default = results_of("degradation", "m", ROWS).breakdowns["severity"]["L1"]["confidence"].value
    assert majority.breakdowns["severity"]["L1"]["confidence"].value > default  # type: ignore[operator]


def test_pairs_curves_and_the_test_within_stand_beside() -> None:
    beside = (results_of("degradation", "m", ROWS).model_extra or {})["degradation"]
    assert beside["votes"] == {"a_question": 4, "scored": 22, "unscored": 1, "error": 1}
    drops = {(drop["degradation"], drop["start"], drop["end"]): drop for drop in beside["paired_drops"]}
    assert drops[None, "L0", "L2"]["drop"] == 0.5
    assert drops["low_dose", "L0", "L1"]["drop"] == pytest.approx(1 - 1.25 / 2)
    (curve,) = beside["response_curves"]
    assert (curve["n"], curve["accuracy"]) == (2, (1.0, pytest.approx(0.625), 0.5))
    assert beside["dunning_kruger_within"]["holds"]
    assert beside["average_over_capability_tasks"]["tasks"] == 1


def test_every_question_has_its_values_and_bins_hold_those_with_a_confidence() -> None:
    beside = (results_of("degradation", "m", ROWS).model_extra or {})["degradation"]
    assert beside["questions"]["accuracy"] == [1.0, 0.5, 0.0, 1.0, 0.75, 1.0]
    assert [value is None for value in beside["questions"]["confidence"]] == [False] * 5 + [True]
    every, clean, *_ = beside["reliability"]["levels"]
    assert beside["reliability"]["unit"] == "questions"
    assert (every["severity"], every["n"], clean["severity"], clean["n"]) == (None, 5, "L0", 2)
    assert clean["expected_calibration_error"] == 0.0
    assert [one["axis"] for one in beside["severity_curves"]] == [None, "modality", "degradation_category"]
    assert [point["value"] for point in beside["severity_curves"][0]["accuracy"]] == [1.0, 0.625, 0.5]


def test_stated_confidences_fill_bins_of_answers_whose_error_is_the_metric() -> None:
    results = results_of("degradation", "m", STATED, rules=VoteRules(confidence="verbal"))
    found = (results.model_extra or {})["degradation"]["reliability"]
    assert found["unit"] == "answers"
    assert found["levels"][0]["expected_calibration_error"] == results.metrics["expected_calibration_error"].value


def test_one_vote_gives_accuracy_and_no_confidence() -> None:
    results = results_of("degradation", "m", [*_rows("q1", "L0", "A"), *_rows("q2", "L0", "B")])
    assert list(results.metrics) == ["accuracy"]
    assert results.metrics["accuracy"].value == 0.5


def test_stated_confidences_give_error_and_brier() -> None:
    metrics = results_of("degradation", "m", STATED, rules=VoteRules(confidence="verbal")).metrics
    assert metrics["brier"].value == pytest.approx((0.1**2 + 0.7**2) / 2)
    assert metrics["expected_calibration_error"].value == pytest.approx((0.1 + 0.7) / 2)
    assert (metrics["brier"].n, metrics["brier"].n_unscored) == (2, 1)
    assert (metrics["confidence"].value, metrics["confidence"].n_unscored) == (pytest.approx(0.8), 1)
    assert metrics["calibration_shift"].value == pytest.approx(0.3)


def test_log_probabilities_are_those_of_the_letter() -> None:
    rows = _rows("q1", "L0", "A", notes={"logprobs": [{"token": "A", "logprob": -0.2231, "top": {"other": -2.3}}]})
    metrics = results_of("degradation", "m", rows, rules=VoteRules(confidence="logprob")).metrics
    assert metrics["confidence"].value == pytest.approx(0.8, abs=1e-4)


def test_beside_another_task_its_metrics_carry_its_name() -> None:
    perception = [row.model_copy(update={"task": "perception"}) for row in _rows("q1", "L0", "A")]
    results = results_of("all", "m", [*perception, *ROWS])
    assert {"perception.accuracy", "degradation.accuracy", "degradation.calibration_shift"} <= set(results.metrics)
    assert "degradation.accuracy" in results.breakdowns["severity"]["L1"]


def test_the_sweep_says_how_many_pairs_of_models_show_the_effect_between() -> None:
    from medq.shown.calibration import between_models_lines

    strong = results_of("degradation", "strong", [*_rows("q1", "L0", "AAAB"), *_rows("q2", "L0", "AAAA")])
    weak = results_of("degradation", "weak", [*_rows("q1", "L0", "BBBB"), *_rows("q2", "L0", "AAAA")])
    assert [line.rpartition(" in ")[2] for line in between_models_lines([strong, weak])] == ["1 of 1 pairs"]
    assert list(between_models_lines([strong])) == []


def test_questions_about_one_clean_image_and_its_copies_are_one_cluster() -> None:
    same = {"images": [_image("one")]}
    rows = [*_rows("q1", "L0", "AAAA", **same), *_rows("q2", "L0", "BBBB", **same), *_rows("q2", "L2", "AABB")]
    assert results_of("degradation", "m", rows).metrics["accuracy"].ci95 is None
    other = [*rows[:4], *_rows("q2", "L0", "BBBB")]
    assert results_of("degradation", "m", other).metrics["accuracy"].ci95 is not None
