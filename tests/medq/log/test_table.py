"""The tables that W&B gets: one type a column, whatever the rows hold."""

from __future__ import annotations

from pathlib import Path

from medq.log.table import breakdown_rows, sample_columns, sample_rows, summary
from medq.records import read_results
from tests.analysis.fake_run import failed, image_record, reasoned, sample, unscored, write_run


def test_every_column_holds_one_type_or_nothing(tmp_path: Path) -> None:
    samples = [sample(0), unscored(1), failed(2), reasoned(3), reasoned(4, judge=None)]
    columns = sample_columns(samples)
    by_column = zip(*sample_rows(samples, columns, tmp_path), strict=True)
    for column, cells in zip(columns, by_column, strict=True):
        kinds = {type(cell) for cell in cells} - {type(None)}
        assert len(kinds) <= 1, column.name


def test_two_images_get_a_column_each_and_unused_fields_none() -> None:
    pair = reasoned(0, task="comparison", images=[image_record(b"a"), image_record(b"b")])
    names = [column.name for column in sample_columns([pair, reasoned(1)])]
    assert names[:2] == ["image_1", "image_2"]
    assert "reference" in names and "judge_consistency" in names
    assert "prediction" not in names and "error" not in names


def test_no_samples_give_no_columns() -> None:
    assert sample_columns([]) == ()


def test_breakdowns_and_summary_say_what_results_say(tmp_path: Path) -> None:
    results = read_results(write_run(tmp_path, [*(sample(number) for number in range(11)), failed(11)]))
    headings, rows = breakdown_rows(results)
    found = {tuple(row[:3]): dict(zip(headings, row, strict=True)) for row in rows}
    assert found["all", "all", "accuracy"]["n_error"] == 1
    what = results.breakdowns["question_type"]["what"]["accuracy"]
    assert found["question_type", "what", "accuracy"]["mean"] == what.value
    assert summary(results)["question_type/what/accuracy"] == what.value


def test_a_metric_without_a_value_is_no_zero(tmp_path: Path) -> None:
    results = read_results(write_run(tmp_path, [failed(0)]))
    assert "accuracy/mean" not in summary(results)
    assert summary(results)["accuracy/n"] == 0
