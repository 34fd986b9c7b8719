"""MedQ-Deg in sentences."""

from __future__ import annotations

from typing import Any

from medq.records import Results
from medq.shown.calibration import between_models_lines, calibration_lines

DROP = {"degradation": None, "start": "L0", "end": "L2", "n": 92, "drop": 0.05, "ci95": [0.01, 0.09], "p": 0.0123}
WITHIN = {"holds": True, "accuracy_drop": 0.05, "shift_rise": 0.02}


def results(model: str = "m", levels: dict[str, Any] | None = None, **beside: Any) -> Results:
    plain: dict[str, Any] = {"task": "degradation", "model": model, "metrics": {}, "complete": True}
    breakdowns = {"severity": {"L0": levels}} if levels else {}
    return Results.model_validate(
        {**plain, "breakdowns": breakdowns, "integrity": {"images": 0, "bit_identical": 0}, **beside}
    )


def section(votes: int = 3, **more: Any) -> dict[str, Any]:
    counts = {"a_question": votes, "unscored": 1, "error": 2}
    plain = {"votes": counts, "dunning_kruger_within": WITHIN, "paired_drops": [DROP]}
    return {**plain, "rules": {"confidence": "votes"}, **more}


def test_votes_price_and_effect_are_told() -> None:
    votes, drop, effect = calibration_lines(results(degradation=section()))
    assert votes == "votes: 3 a question, 1 unreadable, 2 failed"
    assert drop == "paired drop L0 to L2: 5.00 points [1.00, 9.00], n 92, McNemar p 0.0123"
    assert "holds (accuracy -5.00 points, shift +0.020)" in effect


def test_one_vote_says_what_it_cannot_show() -> None:
    lines = list(calibration_lines(results(degradation=section(1, dunning_kruger_within=None, paired_drops=[]))))
    assert lines[-1] == "confidence by votes needs task.runs of 2 or more (the paper: 10)"


def test_a_run_of_another_task_says_nothing() -> None:
    assert list(calibration_lines(results())) == []


def test_between_models_needs_two_of_them() -> None:
    def of(model: str, accuracy: float, shift: float) -> Results:
        plain = {"n": 9, "n_unscored": 0, "n_error": 0}
        return results(
            model, {"accuracy": {"value": accuracy, **plain}, "calibration_shift": {"value": shift, **plain}}
        )

    assert list(between_models_lines([of("a", 0.7, 0.1)])) == []
    (line,) = between_models_lines([of("a", 0.7, 0.1), of("b", 0.5, 0.3)])
    assert line.endswith("in 1 of 1 pairs")
