"""Reliability diagrams show the bins of the record."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.report.reliability import reliability_diagrams
from analysis.run import load_run
from tests.analysis.fake_degradation import families, question, write_voted_run


def test_there_is_a_diagram_for_all_and_for_each_severity(tmp_path: Path) -> None:
    (found,) = reliability_diagrams([load_run(write_voted_run(tmp_path, families()))])
    assert (found.run, found.unit) == (0, "questions")
    assert [one.title for one in found.diagrams] == ["All severities", "L0", "L1", "L2"]
    assert [one.note.split("n = ")[1] for one in found.diagrams] == ["72", "24", "24", "24"]


def test_error_and_gaps_by_hand(tmp_path: Path) -> None:
    # Certain and right, certain and wrong: one bin, confidence 1, accuracy 1/2. Even over four options: confidence 0.
    rows = [*question("q1", "L0", "AAAA"), *question("q2", "L0", "BBBB"), *question("q3", "L0", "ABCD")]
    (found,) = reliability_diagrams([load_run(write_voted_run(tmp_path, rows))])
    whole = found.diagrams[0]
    assert whole.note == f"ECE {(2 * 0.5 + 1 * 0.25) / 3:.3f}, n = 3"
    assert "confidence 100.0 %: right 50.0 %, n 2" in whole.chart
    assert "confidence 0.0 %: right 25.0 %, n 1" in whole.chart
    assert (whole.chart.count('class="gap over"'), whole.chart.count('class="gap under"')) == (1, 1)


@pytest.mark.parametrize("votes", ["A", "!"])
def test_without_a_confidence_there_is_no_diagram(votes: str, tmp_path: Path) -> None:
    assert reliability_diagrams([load_run(write_voted_run(tmp_path, question("q1", "L0", votes)))]) == ()
