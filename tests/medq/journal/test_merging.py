"""Several journals into one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

import pytest

from medq.errors import ConfigError
from medq.journal import Journal, merge_journals
from medq.journal.store import Entry


def written(path: Path, entries: Iterable[Entry]) -> Path:
    with Journal(path) as journal:
        for entry in entries:
            journal.put(entry).result()
    return path


def answer(key: str, text: str, *, item: str = "q") -> Entry:
    return Entry(key, item, {"text": text})


def failure(key: str, message: str) -> Entry:
    return Entry(key, "q", {"message": message}, failed=True)


def test_answers_and_failures_of_all_sources_are_in_the_target(tmp_path: Path) -> None:
    one = written(tmp_path / "1", [answer("a", "A"), failure("c", "reset")])
    two = written(tmp_path / "2", [answer("b", "B"), failure("c", "timeout")])
    target = written(tmp_path / "run", [answer("d", "D")])
    merge_journals(target, [one, two])
    with Journal(target) as journal:
        texts = {key: record["text"] for key, record in journal.answers("abcd").items()}
        assert texts == {"a": "A", "b": "B", "d": "D"}
        assert journal.last_failures("c") == {"c": {"message": "timeout"}}


def test_an_answer_that_the_target_has_stays(tmp_path: Path) -> None:
    target = written(tmp_path / "run", [answer("a", "first")])
    merge_journals(target, [written(tmp_path / "1", [answer("a", "second")])])
    with Journal(target) as journal:
        assert journal.answers("a") == {"a": {"text": "first"}}


@pytest.mark.parametrize("order", [("early", "late"), ("late", "early")])
def test_of_two_answers_to_one_question_that_of_the_earlier_item_is_taken(
    tmp_path: Path, order: tuple[str, str]
) -> None:
    sources = [
        written(tmp_path / item, [answer("a", item, item=item), answer(item, item, item=item)]) for item in order
    ]
    merge_journals(tmp_path / "run", sources, rank=["early", "late"].index)
    with Journal(tmp_path / "run") as journal:
        assert journal.answers("a") == {"a": {"text": "early"}}
        assert journal.count() == 3


def test_merging_again_after_a_kill_adds_nothing(tmp_path: Path) -> None:
    source = written(tmp_path / "1", [answer("a", "A"), failure("b", "reset"), failure("b", "reset")])
    for _ in range(3):
        merge_journals(tmp_path / "run", [source])
    connection = sqlite3.connect(tmp_path / "run")
    counts = [connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in ("answers", "failures")]
    assert counts == [1, 2]


def test_a_journal_of_a_process_that_died_at_once_is_merged_as_empty(tmp_path: Path) -> None:
    (tmp_path / "1").touch()
    merge_journals(tmp_path / "run", [tmp_path / "1"])
    with Journal(tmp_path / "run") as journal:
        assert journal.count() == 0


def test_a_source_that_is_still_written_is_refused_in_one_line(tmp_path: Path) -> None:
    with Journal(tmp_path / "1", alone=True), pytest.raises(ConfigError, match="still written by another process"):
        merge_journals(tmp_path / "run", [tmp_path / "1"], wait_s=0.1)
