"""Response curves are drawn where the numbers are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analysis.report.curves import FRAME, curve_panels
from analysis.run import Run, load_run
from tests.analysis.fake_degradation import families, write_voted_run
from tests.analysis.fake_run import sample, write_run


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return load_run(write_voted_run(tmp_path / "run", families()))


def marks(chart: str, series: str) -> list[float]:
    """The shares in [0, 1] at which the dots of a series stand."""
    ys = [float(y) for y in re.findall(rf'<circle class="mark run-\d {series}" cx="[\d.]+" cy="([\d.]+)"', chart)]
    return [(FRAME.y(0) - y) / (FRAME.y(0) - FRAME.y(1)) for y in ys]


def test_dots_stand_at_the_values_of_the_record(run: Run) -> None:
    (whole,) = curve_panels([run])[0].panels
    # 20 of 24 families: 1, 3/4, 1/4; the other four: 0.
    assert marks(whole.chart, "accuracy") == pytest.approx([20 / 24, 15 / 24, 5 / 24], abs=0.002)
    assert len(marks(whole.chart, "confidence")) == 3
    assert whole.rows[0].cells[0].startswith("83.33 % [")


def test_there_is_a_chart_for_every_modality_and_category(run: Run) -> None:
    groups = {group.name: [panel.title for panel in group.panels] for group in curve_panels([run])}
    assert groups == {
        "All questions": ["All questions"],
        "Modality": ["CT", "MRI"],
        "Degradation category": ["artifacts", "noise", "resolution and blur"],
    }


def test_whiskers_span_the_intervals(run: Run) -> None:
    (whole,) = curve_panels([run])[0].panels
    number = r'"([\d.]+)"'
    pattern = f'<line class="whisker run-0 accuracy" x1={number} y1={number} x2={number} y2={number}'
    lines = re.findall(pattern, whole.chart)
    upright = [(float(y1), float(y2)) for x1, y1, x2, y2 in lines if x1 == x2]
    recorded = (run.results.model_extra or {})["degradation"]["severity_curves"][0]["accuracy"]
    wanted = [(FRAME.y(low), FRAME.y(high)) for low, high in (point["ci95"] for point in recorded)]
    assert upright == [pytest.approx(ends, abs=0.06) for ends in wanted]


def test_two_runs_share_a_chart_and_do_not_stand_on_each_other(run: Run, tmp_path: Path) -> None:
    other = load_run(write_voted_run(tmp_path / "other", families(votes=("AAAA", "AAAA", "AAAA"))))
    (whole,) = curve_panels([run, other])[0].panels
    assert [row.run for row in whole.rows] == [0, 1]
    xs = re.findall(r'<circle class="mark run-\d \w+" cx="([\d.]+)"', whole.chart)
    assert len(set(xs)) == len(xs) == 12
    assert "shift-area" not in whole.chart


def test_the_chart_is_told_in_words_and_hostile_names_stay_text(tmp_path: Path) -> None:
    folder = write_voted_run(tmp_path, families(), model="<script>alert(1)</script>")
    (whole,) = curve_panels([load_run(folder)])[0].panels
    assert 'role="img"' in whole.chart
    assert "accuracy L0 83.33 %" in whole.chart
    assert "<script>" not in whole.chart


def test_one_vote_draws_accuracy_without_confidence(tmp_path: Path) -> None:
    run = load_run(write_voted_run(tmp_path, families(votes=("A", "A", "B"))))
    (whole,) = curve_panels([load_run(run.path)])[0].panels
    assert marks(whole.chart, "accuracy")
    one_vote = [row for row in run.samples if row.sample == 0]
    alone = load_run(write_voted_run(tmp_path / "alone", one_vote))
    (whole,) = curve_panels([alone])[0].panels
    assert marks(whole.chart, "confidence") == []
    assert whole.rows[0].cells[3] == "–"


def test_a_run_of_another_task_draws_nothing(tmp_path: Path) -> None:
    assert curve_panels([load_run(write_run(tmp_path, [sample(0)]))]) == ()
