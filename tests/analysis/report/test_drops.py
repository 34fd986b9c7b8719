"""Paired drops and the Dunning–Kruger test as text."""

from __future__ import annotations

from pathlib import Path

from analysis.report.drops import drop_groups, effects
from analysis.run import load_run
from tests.analysis.fake_degradation import families, family, write_voted_run


def test_steps_come_for_all_degradations_first_and_a_fall_is_negative(tmp_path: Path) -> None:
    groups = drop_groups([load_run(write_voted_run(tmp_path, families()))])
    assert [group.name for group in groups] == ["All degradations", "gaussian blur", "ghosting artifact", "low dose"]
    lines = {line.step: line for line in groups[0].lines}
    assert list(lines) == ["L0 → L1", "L1 → L2", "L0 → L2"]
    whole = lines["L0 → L2"]
    assert (whole.start, whole.end, whole.drop, whole.n) == ("83.33 %", "20.83 %", "-62.50", 24)
    low, high = (float(end) for end in whole.interval.split(" to "))
    assert low < -62.5 < high < 0


def test_nothing_lost_is_not_minus_nothing(tmp_path: Path) -> None:
    (group, *_) = drop_groups([load_run(write_voted_run(tmp_path, family("q1", ("AA", "AA", "AA"))))])
    assert {line.drop for line in group.lines} == {"0.00"}
    assert {line.interval for line in group.lines} == {"–"}


def test_several_runs_stand_line_by_line(tmp_path: Path) -> None:
    runs = [load_run(write_voted_run(tmp_path / name, families())) for name in "ab"]
    assert [line.run for line in drop_groups(runs)[0].lines[:4]] == [0, 1, 0, 1]


def test_the_effect_says_whether_it_holds_and_how_sure_that_is(tmp_path: Path) -> None:
    (bold,) = effects([load_run(write_voted_run(tmp_path / "bold", families(votes=("AAAA", "AABB", "BBBB"))))])
    assert bold.holds
    assert bold.accuracy.startswith("-83.33 points (95 % interval -")
    few = families(4, votes=("AAAA", "AAAA", "AAAA"))
    (steady,) = effects([load_run(write_voted_run(tmp_path / "few", few, model="steady"))])
    assert (steady.model, steady.holds) == ("steady", False)
    assert "fewer than 20 clean images" in steady.shift
