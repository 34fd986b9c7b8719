"""The tables of a run say what its results say."""

from __future__ import annotations

from typing import Any

import pytest

from medq.records import Integrity, Metric, Results
from medq.shown.results import results_tables


def metric(value: float | None, n: int = 10, **more: Any) -> Metric:
    return Metric.model_validate({"value": value, "n": n, "n_unscored": 0, "n_error": 0, **more})


def results(metrics: dict[str, Metric], **more: Any) -> Results:
    plain = {"task": "perception", "model": "m", "metrics": metrics, "breakdowns": {}, "complete": True}
    return Results.model_validate({**plain, "integrity": Integrity(images=1, bit_identical=1), **more})


def test_accuracy_is_in_per_cent_with_what_it_rests_on(capsys: pytest.CaptureFixture[str]) -> None:
    whole = metric(0.625, 8, ci95=(0.3, 0.9), n_unscored=1, n_error=2, chance=0.25)
    results_tables(results({"accuracy": whole}, breakdowns={"modality": {"ct": {"accuracy": metric(0.5)}}}))
    shown = capsys.readouterr().out
    cells = [cell.strip() for cell in next(line for line in shown.splitlines() if "all" in line).split("│")[2:-1]]
    assert cells == ["62.50 %", "30.00 % – 90.00 %", "8", "1", "2", "25.00 %"]
    assert "modality" in shown
    assert "50.00 %" in shown


def test_judged_axes_stand_side_by_side_and_name_the_judge(capsys: pytest.CaptureFixture[str]) -> None:
    results_tables(results({"completeness": metric(1.5), "overall": metric(None, 0, n_error=3)}, judge="rules"))
    shown = capsys.readouterr().out
    assert "judge rules" in shown
    assert "1.500 (10)" in shown
    assert "– (0, 3 without)" in shown


def test_calibration_says_where_the_confidence_comes_from(capsys: pytest.CaptureFixture[str]) -> None:
    named = {"accuracy": metric(0.5), "confidence": metric(0.8), "calibration_shift": metric(0.3)}
    results_tables(results(named, degradation={"rules": {"confidence": "verbal"}}))
    shown = capsys.readouterr().out
    assert "confidence by verbal" in shown
    assert "0.300 (10)" in shown
