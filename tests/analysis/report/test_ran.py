"""What ran: totals over rows, and every leaf of the manifest."""

from __future__ import annotations

from pathlib import Path

from analysis.report.ran import facts
from analysis.run import load_run
from tests.analysis.fake_run import failed, sample, write_run


def test_totals_say_how_many_rows_report_nothing(tmp_path: Path) -> None:
    rows = [sample(0), sample(1), failed(2, tokens_in=None, cost_usd=None)]
    found = {fact.name: fact.value for fact in facts(load_run(write_run(tmp_path, rows)))}
    assert found["tokens sent"] == "1,800 (1 of 3 rows report none)"
    assert found["cost"] == "$0.0020 (1 of 3 rows report none)"


def test_a_quantity_that_no_row_reports_is_left_out(tmp_path: Path) -> None:
    found = {fact.name for fact in facts(load_run(write_run(tmp_path, [sample(0, cost_usd=None)])))}
    assert "cost" not in found


def test_the_time_is_that_of_all_sessions_and_not_of_the_breaks_between_them(tmp_path: Path) -> None:
    sessions = [
        {"started": "2026-11-21T10:00:00+00:00", "finished": "2026-11-21T10:01:00+00:00"},
        {"started": "2026-11-22T10:00:00+00:00", "finished": "2026-11-22T10:00:30+00:00"},
    ]
    run = load_run(write_run(tmp_path, [sample(0)], manifest={"sessions": sessions}))
    assert {fact.name: fact.value for fact in facts(run)}["time"] == "90 s in 2 sessions"


def test_versions_take_one_line(tmp_path: Path) -> None:
    found = {fact.name: fact.value for fact in facts(load_run(write_run(tmp_path, [sample(0)])))}
    assert found["versions"] == "medq 0.1.0, python 3.11.7"


def test_the_manifest_is_listed_leaf_by_leaf(tmp_path: Path) -> None:
    found = {fact.name: fact.value for fact in facts(load_run(write_run(tmp_path, [sample(0)])))}
    assert found["decoding.temperature"] == "0.0"
    assert found["dataset.sha256"] == "cdcdcdcdcdcdcdcd…"
