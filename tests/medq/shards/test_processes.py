"""Shards as real processes, killed and interrupted, against a real server that counts."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from medq.faultserver import serve
from medq.run import manifest
from medq.run.model import run_model
from medq.shards import Shard, ShardEnd, ShardJob
from medq.shards.processes import ProcessLauncher
from tests.medq.shards.configured import configured
from tests.medq.shards.watching import gone, kept, settled, wait_for_calls, workers

Start = Callable[..., "subprocess.Popen[str]"]
Run = Callable[..., "subprocess.CompletedProcess[str]"]
Arguments = Callable[..., Sequence[str]]
Items = Callable[[int], Path]

ITEMS = 60
SLOW = ("model.concurrency=2", "hardware.shards=3")
IN_FLIGHT = 2 * 2  # attempts under way and answers not yet committed, of one shard


def shards_of(run_dir: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((run_dir / "manifest.json").read_text())["shards"]
    return found


def test_a_killed_shard_is_started_again_and_asks_only_what_was_in_flight(
    tmp_path: Path, items_file: Items, start: Start, arguments: Arguments
) -> None:
    run_dir = tmp_path / "run"
    with serve(latency_s=0.2) as server:
        run = start(*arguments(server.url, items_file(ITEMS), f"run.dir={run_dir}", *SLOW))
        wait_for_calls(server, run, 20)
        os.kill(workers(run)[0], signal.SIGKILL)
        _, err = run.communicate(timeout=120)
        calls = server.stats()["by_content"]
    assert run.returncode == 0, err
    assert len(calls) == ITEMS
    assert 1 <= sum(calls.values()) - ITEMS <= IN_FLIGHT
    ends = shards_of(run_dir)["ends"]
    assert sorted(end["restarts"] for end in ends) == [0, 0, 1]
    assert sum(end["answered"] for end in ends) == ITEMS
    assert not (run_dir / "shards").exists()


def test_killing_all_processes_loses_nothing_and_another_number_of_shards_goes_on(
    tmp_path: Path, items_file: Items, start: Start, medq: Run, arguments: Arguments
) -> None:
    run_dir, items = tmp_path / "run", items_file(ITEMS)
    with serve(latency_s=0.2) as server:
        asked = arguments(server.url, items, f"run.dir={run_dir}", "model.concurrency=2")
        run = start(*asked, "hardware.shards=3")
        wait_for_calls(server, run, 20)
        for pid in (run.pid, *workers(run)):
            os.kill(pid, signal.SIGKILL)
        run.communicate(timeout=30)
        before, answered = settled(server), len(kept(run_dir))
        assert 0 < answered < ITEMS
        done = medq(*asked, "hardware.shards=2")
        assert done.returncode == 0, done.stderr
        assert server.stats()["calls"] - before == ITEMS - answered
        whole = medq(*arguments(server.url, items, f"run.dir={tmp_path / 'whole'}"))
    assert whole.returncode == 0
    assert (run_dir / "results.json").read_bytes() == (tmp_path / "whole" / "results.json").read_bytes()


def test_shards_end_by_themselves_when_their_run_is_killed_and_one_process_goes_on(
    tmp_path: Path, items_file: Items, start: Start, medq: Run, arguments: Arguments
) -> None:
    run_dir = tmp_path / "run"
    with serve(latency_s=1) as server:
        asked = arguments(server.url, items_file(ITEMS), f"run.dir={run_dir}")
        run = start(*asked, *SLOW)
        wait_for_calls(server, run, 12)
        orphans = workers(run)
        os.kill(run.pid, signal.SIGKILL)
        run.communicate(timeout=30)
        assert len(orphans) == 3
        assert gone(orphans)
        before, answered = settled(server), len(kept(run_dir))
        assert answered < ITEMS
        done = medq(*asked)
        assert done.returncode == 0, done.stderr
        assert server.stats()["calls"] - before == ITEMS - answered
    assert "shards" not in json.loads((run_dir / "manifest.json").read_text())


def test_ctrl_c_stops_all_shards_with_130_and_keeps_what_is_answered(
    tmp_path: Path, items_file: Items, start: Start, arguments: Arguments
) -> None:
    run_dir = tmp_path / "run"
    with serve(latency_s=0.5) as server:
        run = start(*arguments(server.url, items_file(ITEMS), f"run.dir={run_dir}", *SLOW))
        wait_for_calls(server, run, 12)
        shards = workers(run)
        run.send_signal(signal.SIGINT)
        _, err = run.communicate(timeout=10)
    assert run.returncode == 130
    assert "Traceback" not in err
    assert f"run.dir={run_dir}" in err
    assert len(shards) == 3
    assert gone(shards)
    assert kept(run_dir)


def test_a_lost_shard_costs_its_unfinished_questions_until_the_next_session(
    tmp_path: Path, items_file: Items, start: Start, medq: Run, arguments: Arguments
) -> None:
    run_dir = tmp_path / "run"
    with serve(latency_s=0.1) as server:
        asked = arguments(server.url, items_file(ITEMS), f"run.dir={run_dir}", *SLOW)
        run = start(*asked, "hardware.restarts=0")
        wait_for_calls(server, run, 20)
        os.kill(workers(run)[0], signal.SIGKILL)
        _, err = run.communicate(timeout=120)
        assert run.returncode == 3, err
        assert "is lost (the last time killed by SIGKILL)" in err
        assert [end["state"] for end in shards_of(run_dir)["ends"]].count("lost") == 1
        before, answered = server.stats()["calls"], len(kept(run_dir))
        assert 0 < answered < ITEMS
        assert not json.loads((run_dir / "results.json").read_text())["complete"]
        done = medq(*asked)
        assert done.returncode == 0, done.stderr
        assert server.stats()["calls"] - before == ITEMS - answered


def test_a_wrong_key_in_the_shards_ends_the_run_with_one_line(
    tmp_path: Path, items_file: Items, medq: Run, arguments: Arguments
) -> None:
    with serve("401=1") as server:
        done = medq(*arguments(server.url, items_file(ITEMS), f"run.dir={tmp_path / 'run'}", *SLOW))
    assert done.returncode == 2
    assert [("401" in line) for line in done.stderr.splitlines() if line.startswith("medq: ")] == [True], done.stderr
    assert "Traceback" not in done.stderr


def test_one_budget_for_several_processes_is_refused(
    tmp_path: Path, items_file: Items, medq: Run, arguments: Arguments
) -> None:
    price = ("run.budget_usd=1", "model.price={input: 1, output: 1}", "model.max_tokens=10")
    done = medq(*arguments("http://127.0.0.1:9/v1", items_file(3), f"run.dir={tmp_path / 'run'}", *SLOW, *price))
    assert done.returncode == 2
    assert "3 shards cannot keep one budget" in done.stderr
    assert not (tmp_path / "run").exists()


def test_each_process_has_the_gpus_of_its_shard(tmp_path: Path) -> None:
    config = configured("+task=perception", "model=random", "run.limit=4")
    (tmp_path / "shards").mkdir()
    manifest.begin(tmp_path, config, run_model(config), None)
    jobs = [ShardJob(config, tmp_path, Path.cwd(), 1, Shard(n, 2), gpus=(f"GPU-{n}a", f"GPU-{n}b")) for n in (0, 1)]
    ends = ProcessLauncher(config.hardware).launch(jobs, beat=lambda: None)
    assert [end.gpus for end in ends if isinstance(end, ShardEnd)] == [("GPU-0a", "GPU-0b"), ("GPU-1a", "GPU-1b")]


def test_shards_know_a_shared_journal_and_what_they_answer_goes_into_it(
    tmp_path: Path, items_file: Items, medq: Run, arguments: Arguments
) -> None:
    with serve() as server:
        asked = (*arguments(server.url, items_file(12), f"journal.path={tmp_path / 'all.sqlite'}"), "hardware.shards=2")
        for n in range(2):
            done = medq(*asked, f"run.dir={tmp_path / str(n)}")
            assert done.returncode == 0, done.stderr
        assert server.stats()["calls"] == 12
    assert [end["from_journal"] for end in shards_of(tmp_path / "0")["ends"]] == [0, 0]
    assert sum(end["from_journal"] for end in shards_of(tmp_path / "1")["ends"]) == 12
    assert len(kept(tmp_path)) == 12


def test_shards_go_on_with_a_run_of_one_process_that_was_killed(
    tmp_path: Path, items_file: Items, start: Start, medq: Run, arguments: Arguments
) -> None:
    run_dir = tmp_path / "run"
    with serve(latency_s=0.2) as server:
        asked = arguments(server.url, items_file(ITEMS), f"run.dir={run_dir}", "model.concurrency=4")
        run = start(*asked)
        wait_for_calls(server, run, 20)
        run.kill()
        run.communicate(timeout=30)
        shutil.copytree(run_dir, tmp_path / "copy", symlinks=True)  # to look into the journal itself would mend it
        before, answered = settled(server), len(kept(tmp_path / "copy"))
        done = medq(*asked, "hardware.shards=2")
        assert done.returncode == 0, done.stderr
        assert server.stats()["calls"] - before == ITEMS - answered
