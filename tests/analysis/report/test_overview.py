"""A line a modality and a line a category, each with its name."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from analysis.report.overview import overviews, spread
from analysis.run import load_run
from tests.analysis.fake_degradation import families, family, write_voted_run


def test_each_run_has_a_chart_an_axis_with_a_named_line_a_value(tmp_path: Path) -> None:
    runs = [load_run(write_voted_run(tmp_path / name, families())) for name in "ab"]
    found = overviews(runs)
    titles = ["Accuracy by modality", "Accuracy by degradation category"]
    assert [(panel.run, panel.title) for panel in found] == [(run, title) for run in (0, 1) for title in titles]
    for name in ("artifacts", "noise", "resolution and blur"):
        assert found[1].chart.count(f">{name}</text>") == 1


def test_a_single_line_has_nothing_to_be_compared_with(tmp_path: Path) -> None:
    assert overviews([load_run(write_voted_run(tmp_path, family("q1", ("AA", "AB", "BB"))))]) == ()


@pytest.mark.parametrize("wanted", [[10.0] * 8, [0.0, 0.0, 90.0, 90.0, 90.0], [50.0, 20.0, 21.0, 80.0]])
def test_names_keep_apart_in_order_and_inside(wanted: list[float]) -> None:
    found = spread(wanted, apart=11, low=0, high=92)
    placed = sorted(found)
    assert all(after - before >= 11 - 1e-9 for before, after in pairwise(placed))
    assert placed[0] >= 0 and placed[-1] <= 92
    order = sorted(range(len(wanted)), key=lambda number: wanted[number])
    assert [found[number] for number in order] == placed
