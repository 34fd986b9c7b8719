"""Real processes, really killed, against a real server that counts."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from medq.faultserver import RunningServer, serve

Start = Callable[..., "subprocess.Popen[str]"]
Run = Callable[..., "subprocess.CompletedProcess[str]"]
Arguments = Callable[..., Sequence[str]]

ITEMS = 400
KILLS = 20


def journalled(path: Path) -> int:
    if not path.exists():
        return 0
    connection = sqlite3.connect(path, timeout=30)
    try:
        assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
        return int(connection.execute("SELECT COUNT(*) FROM answers").fetchone()[0])
    except sqlite3.OperationalError:  # killed before the tables were made
        return 0
    finally:
        connection.close()


def wait_for_calls(server: RunningServer, process: subprocess.Popen[str], calls: int) -> None:
    while server.stats()["calls"] < calls and process.poll() is None:
        time.sleep(0.002)


def settled(server: RunningServer) -> int:
    """The number of calls once none is on its way."""
    seen = -1
    while seen != server.stats()["calls"]:
        seen = server.stats()["calls"]
        time.sleep(0.15)
    return seen


@pytest.mark.long
def test_twenty_sigkills_lose_no_answer_and_ask_none_twice(
    tmp_path: Path, items_file: Callable[[int], Path], start: Start, medq: Run, arguments: Arguments
) -> None:
    items = items_file(ITEMS)
    moments = random.Random(20260101)
    killed = tmp_path / "killed"
    with serve(latency_s=0.02) as server:
        asked = arguments(server.url, items, f"run.dir={killed}", "model.concurrency=4")
        for _ in range(KILLS):
            before_calls, before_kept = settled(server), journalled(killed / "journal.sqlite")
            process = start(*asked)
            wait_for_calls(server, process, before_calls + moments.randint(1, 6))
            time.sleep(moments.random() * 0.02)
            assert process.poll() is None, process.communicate()[1]
            os.kill(process.pid, signal.SIGKILL)
            process.communicate(timeout=30)
            kept = journalled(killed / "journal.sqlite")
            assert kept >= before_kept
            assert kept - before_kept <= settled(server) - before_calls
        kept, calls = journalled(killed / "journal.sqlite"), settled(server)
        done = medq(*asked)
        assert done.returncode == 0, done.stderr
        assert server.stats()["calls"] - calls == ITEMS - kept

        whole = tmp_path / "whole"
        undisturbed = medq(*arguments(server.url, items, f"run.dir={whole}"))
        assert undisturbed.returncode == 0, undisturbed.stderr
    assert (killed / "results.json").read_bytes() == (whole / "results.json").read_bytes()
    assert len((killed / "samples.jsonl").read_text().splitlines()) == ITEMS


def test_ctrl_c_ends_with_130_and_says_how_to_go_on(
    tmp_path: Path, items_file: Callable[[int], Path], start: Start, arguments: Arguments
) -> None:
    with serve(latency_s=20) as server:
        process = start(*arguments(server.url, items_file(20), f"run.dir={tmp_path / 'run'}"))
        wait_for_calls(server, process, 4)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=10)
    assert process.returncode == 130
    assert f"run.dir={tmp_path / 'run'}" in err
    assert "Traceback" not in err


def test_the_same_command_goes_on_with_the_unfinished_run(
    tmp_path: Path, items_file: Callable[[int], Path], start: Start, medq: Run, arguments: Arguments
) -> None:
    items = items_file(40)
    with serve(latency_s=0.1) as server:
        process = start(*arguments(server.url, items, "model.concurrency=2"))
        wait_for_calls(server, process, 8)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=10)
        assert process.returncode == 130
        (journal,) = (tmp_path / "runs").glob("*/*/journal.sqlite")
        kept, calls = journalled(journal), settled(server)
        done = medq(*arguments(server.url, items, "model.concurrency=8"))
        assert done.returncode == 0, done.stderr
        assert f"continuing {journal.parent.relative_to(tmp_path)}" in done.stdout
        assert server.stats()["calls"] - calls == 40 - kept
        again = medq(*arguments(server.url, items))
    assert "continuing" not in again.stdout
    assert len(list((tmp_path / "runs").glob("*/*/journal.sqlite"))) == 2


def test_two_processes_share_one_journal_and_both_end_whole(
    tmp_path: Path, items_file: Callable[[int], Path], start: Start, arguments: Arguments
) -> None:
    items, journal = items_file(60), tmp_path / "shared.sqlite"
    with serve(latency_s=0.02) as server:
        both = [
            start(*arguments(server.url, items, f"run.dir={tmp_path / name}", f"journal.path={journal}"))
            for name in ("one", "two")
        ]
        assert [(process.communicate(timeout=120), process.returncode)[1] for process in both] == [0, 0]
    assert journalled(journal) == 60
    results = {(tmp_path / name / "results.json").read_bytes() for name in ("one", "two")}
    assert len(results) == 1


def test_two_processes_in_one_run_directory_are_told_apart(
    tmp_path: Path, items_file: Callable[[int], Path], start: Start, medq: Run, arguments: Arguments
) -> None:
    with serve(latency_s=1) as server:
        asked = arguments(server.url, items_file(30), f"run.dir={tmp_path / 'run'}", "model.concurrency=1")
        first = start(*asked)
        wait_for_calls(server, first, 1)
        second = medq(*asked)
        first.send_signal(signal.SIGINT)
        first.communicate(timeout=10)
    assert second.returncode == 2
    assert "another process is running" in second.stderr


def test_a_run_directory_of_another_configuration_is_refused(
    tmp_path: Path, items_file: Callable[[int], Path], medq: Run
) -> None:
    common = ("+task=perception", "data=local", f"data.path={items_file(3)}", f"run.dir={tmp_path / 'run'}")
    assert medq(*common, "model=random").returncode == 0
    other = medq(*common, "model=random", "run.seed=1")
    assert other.returncode == 2
    assert "another configuration" in other.stderr
