import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from medq.errors import ConfigError
from medq.journal import Journal
from medq.journal.store import Entry


def test_an_entry_is_on_disk_once_its_future_is_done(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    with Journal(path) as journal:
        journal.put(Entry("k", "item", {"text": "A"})).result(timeout=10)
        other = sqlite3.connect(path)
        assert other.execute("SELECT key, item, record FROM answers").fetchall() == [("k", "item", '{"text":"A"}')]


def test_the_first_answer_under_a_key_stays(tmp_path: Path) -> None:
    with Journal(tmp_path / "j.sqlite") as journal:
        journal.put(Entry("k", "item", {"text": "first"})).result(10)
        journal.put(Entry("k", "item", {"text": "second"})).result(10)
        assert journal.answers(["k", "absent"]) == {"k": {"text": "first"}}


def test_failures_are_all_kept_and_never_given_back_as_answers(tmp_path: Path) -> None:
    with Journal(tmp_path / "j.sqlite") as journal:
        for message in ("one", "two"):
            journal.put(Entry("k", "item", {"message": message}, failed=True)).result(10)
        assert journal.answers(["k"]) == {}
        assert journal.last_failures(["k"]) == {"k": {"message": "two"}}
        rows = sqlite3.connect(journal.path).execute("SELECT COUNT(*) FROM failures").fetchone()
    assert rows == (2,)


def test_more_keys_than_sqlite_takes_in_one_statement_are_found(tmp_path: Path) -> None:
    with Journal(tmp_path / "j.sqlite") as journal:
        futures = [journal.put(Entry(f"k{n}", "item", {"n": n})) for n in range(2500)]
        for future in futures:
            future.result(30)
        assert len(journal.answers(f"k{n}" for n in range(2500))) == 2500


def test_a_record_that_is_no_json_fails_its_future_and_not_the_journal(tmp_path: Path) -> None:
    with Journal(tmp_path / "j.sqlite") as journal:
        with pytest.raises(TypeError):
            journal.put(Entry("bad", "item", {"x": object()})).result(10)
        journal.put(Entry("good", "item", {"x": 1})).result(10)
        assert list(journal.answers(["bad", "good"])) == ["good"]


def test_an_entry_whose_waiter_is_cancelled_is_written_and_stops_no_other(tmp_path: Path) -> None:
    with Journal(tmp_path / "j.sqlite") as journal:
        for n in range(20):
            journal.put(Entry(f"k{n}", "item", {"n": n})).cancel()
        journal.put(Entry("last", "item", {"n": 20})).result(10)
        assert journal.count() == 21


def test_a_file_that_is_no_journal_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("this is a text file, not a database, and long enough to have no header of one" * 20)
    with pytest.raises(ConfigError, match=r"notes\.txt is not a journal.*journal\.path"):
        Journal(path)


def test_a_journal_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"
    Journal(path).close()
    sqlite3.connect(path).execute("PRAGMA user_version=99")
    with pytest.raises(ConfigError, match=r"schema 99.*update medq"):
        Journal(path)


WRITER = """
import sys
from pathlib import Path
from medq.journal import Journal
from medq.journal.store import Entry
journal = Journal(Path(sys.argv[1]))
for n in range(int(sys.argv[3])):
    journal.put(Entry(f"{sys.argv[2]}{n}", "item", {"n": n})).result(60)
    print(n, flush=True)
journal.close()
"""


def _writer(path: Path, prefix: str, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(path), prefix, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_two_processes_write_one_journal_and_nothing_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"
    writers = [_writer(path, prefix, 150) for prefix in "ab"]
    assert [writer.wait(120) for writer in writers] == [0, 0]
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("SELECT COUNT(*) FROM answers").fetchone() == (300,)


def test_what_was_acknowledged_before_a_sigkill_is_there_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"
    writer = _writer(path, "k", 100_000)
    assert writer.stdout is not None
    acknowledged = [int(next(writer.stdout)) for _ in range(40)]
    os.kill(writer.pid, signal.SIGKILL)
    acknowledged += [int(line) for line in writer.stdout if line.strip()]
    writer.wait(30)
    time.sleep(0.05)
    with Journal(path) as journal:
        found = journal.answers(f"k{n}" for n in acknowledged)
    assert {json.dumps(record) for record in found.values()} >= {json.dumps({"n": n}) for n in acknowledged}
