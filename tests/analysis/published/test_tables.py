"""The published figures are the papers', whole, and every column leads to a metric of a run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from analysis.labels import JUDGE_AXES
from analysis.published import TABLES, PublishedTable, cell_of, read_rows
from analysis.run import load_run
from tests.analysis.fake_run import reasoned, sample, write_run

BY_KEY = {table.key: table for table in TABLES}


@pytest.mark.parametrize(("key", "rows"), [("1", 17), ("6", 14), ("7", 14), ("8", 14), ("9", 42), ("deg", 40)], ids=str)
def test_every_row_of_the_paper_is_there(key: str, rows: int) -> None:
    assert len(read_rows(BY_KEY[key])) == rows


@pytest.mark.parametrize("key", ["1", "6", "8", "9"])
def test_the_published_overall_is_the_sum_of_the_four_axes(key: str) -> None:
    table = BY_KEY[key]
    overall = table.columns[-1].name
    for row in read_rows(table):
        if row.cells[overall]:
            total = sum(float(row.cells[axis]) for axis in JUDGE_AXES)
            assert total == pytest.approx(float(row.cells[overall]), abs=0.0025)


def test_table_one_gives_the_best_published_model() -> None:
    rows = {row.model: row for row in read_rows(BY_KEY["1"])}
    assert rows["gpt-5"].cells["perception_overall_pct"] == "68.97"
    assert rows["random-guess"].category == "reference"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.key)
def test_every_table_names_its_paper(table: PublishedTable) -> None:
    assert table.source in {"published, arXiv 2510.01691", "published, arXiv 2603.07769"}


def test_a_run_fills_the_columns_of_its_task_only(tmp_path: Path) -> None:
    perception = load_run(write_run(tmp_path / "p", [sample(number) for number in range(30)]))
    judged = load_run(write_run(tmp_path / "r", [reasoned(number) for number in range(9)], task="reasoning"))

    def filled(run: Any) -> set[str]:
        return {column.task for column in BY_KEY["1"].columns if cell_of(run, BY_KEY["1"], column) is not None}

    assert filled(perception) == {"perception"}
    assert filled(judged) == {"reasoning"}


def test_a_run_of_several_tasks_fills_the_columns_of_all_of_them(tmp_path: Path) -> None:
    rows = [*(sample(number) for number in range(9)), *(reasoned(number) for number in range(9, 18))]
    run = load_run(write_run(tmp_path, rows, task="all"))
    cells = {column.name: cell_of(run, BY_KEY["1"], column) for column in BY_KEY["1"].columns}
    assert {name: cell.n for name, cell in cells.items() if cell is not None} == dict.fromkeys(
        ("perception_overall_pct", "completeness", "preciseness", "consistency", "quality_accuracy",
         "reasoning_overall"), 9,
    ) | {"yes_or_no_pct": 3, "what_pct": 3, "how_pct": 3}  # fmt: skip


def test_a_group_of_table_nine_is_a_value_of_its_axis(tmp_path: Path) -> None:
    rows = [reasoned(number, task="comparison", difficulty=("coarse", "fine")[number % 2]) for number in range(10)]
    run, table = load_run(write_run(tmp_path, rows, task="comparison")), BY_KEY["9"]
    counts = {}
    for name, value in table.groups:
        cell = cell_of(run, table, table.columns[0], group=value)
        assert cell is not None
        counts[name] = cell.n
    assert counts == {"overall": 10, "fine-grained": 5, "coarse-grained": 5}
