"""What a run spent survives the end of its process, however it ended."""

from __future__ import annotations

from pathlib import Path

import pytest

from medq.spending import SPENDING, Ledger, Spent, spent_in


def test_attempts_of_all_sessions_add_up(tmp_path: Path) -> None:
    for _ in range(2):
        ledger = Ledger(tmp_path / SPENDING)
        number = ledger.begin(model="m", most_usd=0.5)
        ledger.end(number, 0.2)
        ledger.close()
    assert spent_in(tmp_path) == Spent(pytest.approx(0.4), 0, 2)


def test_an_attempt_without_an_end_or_a_price_counts_as_much_as_it_could_have_cost(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / SPENDING)
    ledger.begin(model="m", most_usd=0.5)
    ledger.end(ledger.begin(model="m", most_usd=0.25), None)
    ledger.end(ledger.begin(model="m", most_usd=0.25), 0.0)
    ledger.close()
    assert spent_in(tmp_path) == Spent(0.75, 0.75, 3)


def test_a_line_cut_off_by_a_kill_is_passed_over_and_not_written_into(tmp_path: Path) -> None:
    path = tmp_path / SPENDING
    path.write_text('{"attempt": 0, "model": "m", "most_usd": 0.5}\n{"attempt": 0, "paid_')
    ledger = Ledger(path)
    assert ledger.before == Spent(0.5, 0.5, 1)
    ledger.end(ledger.begin(model="m", most_usd=0.5), 0.1)
    ledger.close()
    assert spent_in(tmp_path) == Spent(0.6, 0.5, 2)


def test_a_run_that_calls_nothing_leaves_no_file(tmp_path: Path) -> None:
    Ledger(tmp_path / SPENDING).close()
    assert not list(tmp_path.iterdir())
    assert spent_in(tmp_path) == Spent()
