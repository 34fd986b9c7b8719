"""The section of MedQ-Deg is read whole, or refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.degradation import degradation_of, values_by_question
from analysis.errors import AnalysisError
from analysis.run import load_run
from tests.analysis.fake_degradation import families, family, write_voted_run
from tests.analysis.fake_run import sample, write_run


def test_each_question_gets_its_own_values(tmp_path: Path) -> None:
    rows = [*family("q1", ("AAAA", "AABB", "BBBB")), *family("q2", ("AAAB", "AAAA", "AAAA"))]
    found = values_by_question(load_run(write_voted_run(tmp_path, rows)))
    assert list(found) == list(dict.fromkeys(row.id for row in rows))
    assert (found["q1"].accuracy, found["q1_low_dose_L1"].accuracy, found["q2"].accuracy) == (1.0, 0.5, 0.75)
    assert found["q1_low_dose_L1"].calibration_shift == pytest.approx(0.0)


def test_values_of_other_rows_are_not_taken_for_these(tmp_path: Path) -> None:
    folder = write_voted_run(tmp_path, families(4), beside={"questions": {"accuracy": [1.0], "confidence": [1.0]}})
    assert values_by_question(load_run(folder)) == {}


def test_a_run_of_another_task_has_no_section(tmp_path: Path) -> None:
    assert degradation_of(load_run(write_run(tmp_path, [sample(0)]))) is None


def test_a_damaged_section_is_named_with_what_mends_it(tmp_path: Path) -> None:
    run = load_run(write_voted_run(tmp_path, families(2), beside={"paired_drops": [{"n": "many"}]}))
    with pytest.raises(AnalysisError, match=r"degradation\.paired_drops\.0.*analysis rescore"):
        degradation_of(run)
