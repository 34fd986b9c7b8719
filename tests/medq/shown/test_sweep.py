"""A sweep as one table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from medq.records import Results
from medq.shown.sweep import sweep_table


def results(name: str, value: float, **more: Any) -> Results:
    metric = {"value": value, "n": 10, "n_unscored": 0, "n_error": 1}
    plain = {"task": "perception", "model": "m", "metrics": {name: metric}, "breakdowns": {}, "complete": True}
    return Results.model_validate({**plain, "integrity": {"images": 0, "bit_identical": 0}, **more})


def test_every_run_has_a_line_with_its_own_metrics(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [(Path("0-a"), results("accuracy", 0.75)), (Path("1-b"), results("overall", 5.25, complete=False))]
    sweep_table(rows, Path("sweeps/x"))
    shown = capsys.readouterr().out
    first, second = (next(line for line in shown.splitlines() if name in line) for name in ("0-a", "1-b"))
    assert [cell.strip() for cell in first.split("│")[1:-1]] == ["0-a", "75.00 %", "", "10", "1", "yes"]
    assert [cell.strip() for cell in second.split("│")[1:-1]] == ["1-b", "", "5.250", "10", "1", "no"]
