"""Tables mark what is published, append runs, and name what cannot be compared."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from analysis.cli import main
from tests.analysis.fake_run import failed, reasoned, sample, write_run

OFFICIAL = {"dataset": {"name": "official"}}


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["tables", *arguments]) == 0
    return capsys.readouterr().out


def records(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.strip())))


def test_every_published_row_is_marked(capsys: pytest.CaptureFixture[str]) -> None:
    rows = records(printed(capsys, "--table", "1", "--format", "csv"))
    assert len(rows) == 17
    assert {row["origin"] for row in rows} == {"published, arXiv 2510.01691"}
    assert rows[-1]["yes-or-no"] == "82.26"
    assert rows[0]["completeness"] == ""


def test_a_run_is_appended_with_its_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [*(sample(number, skill=1.0) for number in range(29)), failed(29)]
    run = write_run(tmp_path, rows, manifest=OFFICIAL, model="my-model")
    last = records(printed(capsys, str(run), "--table", "1", "--format", "csv"))[-1]
    assert (last["model"], last["origin"], last["data"]) == ("my-model", "this code", "official test")
    assert last["perception overall"] == "100.00"
    assert last["counts"] == "n = 29, 0 unscored, 1 error"


def test_a_run_on_other_data_is_said_to_be_incomparable(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = write_run(tmp_path, [sample(number) for number in range(9)])
    text = printed(capsys, str(run), "--table", "7")
    assert "cannot be compared with its rows: test-model on sample test" in text


def test_a_run_is_left_out_of_tables_that_it_measures_nothing_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = write_run(tmp_path, [sample(number) for number in range(9)])
    assert "| this code |" not in printed(capsys, str(run), "--table", "8")
    assert "| this code |" in printed(capsys, str(run), "--table", "1")


def test_a_run_on_dev_is_not_put_into_a_table_of_test(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = write_run(tmp_path, [sample(number, split="dev") for number in range(9)], manifest=OFFICIAL)
    assert "| this code |" not in printed(capsys, str(run), "--table", "1")
    assert "| this code |" in printed(capsys, str(run), "--table", "6")


def test_table_nine_has_a_row_for_each_group(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [reasoned(number, task="comparison", difficulty=("coarse", "fine")[number % 2]) for number in range(10)]
    run = write_run(tmp_path, rows, task="comparison", manifest=OFFICIAL)
    own = [
        row for row in records(printed(capsys, str(run), "--table", "9", "--format", "csv")) if "this" in row["origin"]
    ]
    assert [row["group"] for row in own] == ["overall", "fine-grained", "coarse-grained"]


def test_markdown_and_latex_escape_a_models_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = write_run(tmp_path, [sample(number) for number in range(9)], model="a|b_c & 50%")
    assert "| a\\|b_c & 50% |" in printed(capsys, str(run), "--table", "1")
    assert "a|b\\_c \\& 50\\% &" in printed(capsys, str(run), "--table", "1", "--format", "latex")


def test_all_tables_are_printed_without_a_choice(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys)
    assert [f"Table {number}:" in text for number in (1, 6, 7, 8, 9)] == [True] * 5
    assert "arXiv 2603.07769" in text


def test_an_unknown_table_is_one_line_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tables", "--table", "2"]) == 2
    assert "expected one of 1, 6, 7, 8, 9, deg" in capsys.readouterr().err
