"""The metric tables say what results.json says."""

from __future__ import annotations

from pathlib import Path

from analysis.report.headline import metric_tables
from analysis.run import load_run
from tests.analysis.fake_run import failed, reasoned, sample, unscored, write_run


def test_every_value_of_every_axis_has_a_line_with_its_counts(tmp_path: Path) -> None:
    rows = [*(sample(number) for number in range(28)), unscored(28), failed(29)]
    (table,) = metric_tables([load_run(write_run(tmp_path, rows))])
    groups = {group.name: group for group in table.groups}
    assert [line.label for line in groups["Question type"].lines] == ["Yes-or-No", "What", "How"]
    assert {line.label for line in groups["Modality"].lines} >= {"CT", "MRI", "fundus"}
    (whole,) = groups["All rows"].lines
    assert (whole.n, whole.n_unscored, whole.n_error) == (29, 1, 1)


def test_several_runs_stand_line_by_line(tmp_path: Path) -> None:
    runs = [
        load_run(write_run(tmp_path / name, [sample(number, seed=seed) for number in range(30)]))
        for seed, name in enumerate("ab")
    ]
    (table,) = metric_tables(runs)
    lines = table.groups[1].lines
    assert [line.run for line in lines[:4]] == [0, 1, 0, 1]
    assert lines[0].label == lines[1].label


def test_a_judged_run_opens_its_overall_and_shows_no_guess(tmp_path: Path) -> None:
    tables = metric_tables([load_run(write_run(tmp_path, [reasoned(number) for number in range(9)], task="reasoning"))])
    assert [table.name for table in tables][:2] == ["Overall", "Completeness"]
    assert [table.opened for table in tables] == [True, False, False, False, False]
    assert not any(table.has_guess for table in tables)


def test_several_tasks_keep_their_metrics_and_guesses_apart(tmp_path: Path) -> None:
    rows = [*(sample(number) for number in range(9)), *(reasoned(number) for number in range(9, 18))]
    tables = metric_tables([load_run(write_run(tmp_path, rows, task="all"))])
    names = [table.name for table in tables]
    assert names[:3] == ["Perception: accuracy", "Reasoning: overall", "Reasoning: completeness"]
    assert [table.opened for table in tables[:3]] == [True, True, False]
    assert tables[0].groups[0].lines[0].guess == "36.11 %"
    assert (tables[1].low, tables[1].high) == ("0", "8")
