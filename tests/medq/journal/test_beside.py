"""A journal that also knows the answers of another one."""

from __future__ import annotations

from pathlib import Path

import pytest

from medq.journal import Journal, JournalBeside
from medq.journal.store import Entry


@pytest.mark.parametrize("shared", [True, False])
def test_answers_of_both_are_known_and_only_its_own_file_is_written(tmp_path: Path, shared: bool) -> None:
    with Journal(tmp_path / "run.sqlite") as journal:
        journal.put(Entry("a", "q", {"text": "A"})).result()
    with JournalBeside(tmp_path / "own.sqlite", known=tmp_path / "run.sqlite", shared=shared) as journal:
        journal.put(Entry("b", "q", {"text": "B"})).result()
        assert journal.answers("abc") == {"a": {"text": "A"}, "b": {"text": "B"}}
    with Journal(tmp_path / "run.sqlite") as journal:
        assert journal.count() == 1


def test_nothing_is_known_where_the_run_has_no_journal_yet(tmp_path: Path) -> None:
    with JournalBeside(tmp_path / "own.sqlite", known=tmp_path / "none.sqlite", shared=False) as journal:
        assert journal.answers("a") == {}
    assert not (tmp_path / "none.sqlite").exists()
