"""What shards paid is the run's money."""

from __future__ import annotations

from pathlib import Path

from medq.shards.spent import merge_spending
from medq.spending import SPENDING, Ledger, spent_in


def paid(path: Path, *dollars: float | None) -> Path:
    ledger = Ledger(path)
    for one in dollars:
        ledger.end(ledger.begin(model="m", most_usd=1.0), one)
    ledger.close()
    return path


def test_the_run_s_spending_is_that_of_all_its_shards(tmp_path: Path) -> None:
    paid(tmp_path / SPENDING, 0.25)
    sources = [paid(tmp_path / "a", 0.5, None), paid(tmp_path / "b", 0.125)]
    merge_spending(tmp_path / SPENDING, [*sources, tmp_path / "none"])
    spent = spent_in(tmp_path)
    assert (spent.usd, spent.assumed, spent.attempts) == (0.25 + 0.5 + 1.0 + 0.125, 1.0, 4)
    assert paid(tmp_path / SPENDING, 0.5) and spent_in(tmp_path).attempts == 5


def test_merging_again_after_a_kill_counts_no_dollar_twice(tmp_path: Path) -> None:
    source = paid(tmp_path / "a", 0.5)
    for _ in range(2):
        merge_spending(tmp_path / SPENDING, [source])
    assert spent_in(tmp_path).usd == 0.5


def test_without_calls_no_file_is_made(tmp_path: Path) -> None:
    merge_spending(tmp_path / SPENDING, [tmp_path / "none"])
    assert not (tmp_path / SPENDING).exists()
