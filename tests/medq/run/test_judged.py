"""Perception, reasoning and comparison with an API model and an API judge that fail, through the user's command."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from medq.faultserver import RunningServer, serve

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Start = Callable[..., "subprocess.Popen[str]"]
MIXED = "transient=0.30"


def asked(url: str, run_dir: Path, *more: str, task: str = "all") -> tuple[str, ...]:
    return (
        f"+task={task}", "model=openai_compatible", "model.id=tested", f"model.api_base={url}", "model.backoff_s=0.01",
        "judge=openai_compatible", "judge.id=judging", f"judge.api_base={url}", f"run.dir={run_dir}", *more,
    )  # fmt: skip


def results(run_dir: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((run_dir / "results.json").read_text())
    return found


def manifest(run_dir: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((run_dir / "manifest.json").read_text())
    return found


def rows(run_dir: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (run_dir / "samples.jsonl").read_text().splitlines()]


def settled(server: RunningServer) -> int:
    seen = -1
    while seen != server.stats()["calls"]:
        seen = server.stats()["calls"]
        time.sleep(0.2)
    return seen


@pytest.mark.long
def test_thirty_per_cent_of_faults_change_no_metric_and_are_counted(tmp_path: Path, medq: Run) -> None:
    with serve() as server:
        clean = medq(*asked(server.url, tmp_path / "clean"))
        assert clean.returncode == 0, clean.stderr
    with serve(MIXED, seed=5, retry_after_s=0.01, hang_s=1, drip_s=1) as server:
        faulty = medq(*asked(server.url, tmp_path / "faulty", "model.timeout_s=2", "judge.timeout_s=2"))
        assert faulty.returncode == 0, faulty.stderr
        assert server.stats()["calls"] > 1.2 * server.stats()["contents"]
    assert results(tmp_path / "faulty") == results(tmp_path / "clean")
    calm, rough = manifest(tmp_path / "clean"), manifest(tmp_path / "faulty")
    assert rough["attempts"] > calm["attempts"] == rough["answers"]
    assert rough["calls"]["faults"]


def test_what_fails_for_good_is_counted_and_moves_no_mean(tmp_path: Path, medq: Run) -> None:
    quick = ("model.retries=1", "run.max_error_rate=0", "judge.timeout_s=2", "judge.deadline_s=3")
    with serve(fail_for_good=0.2, seed=3) as server:
        done = medq(*asked(server.url, tmp_path / "run", *quick))
    assert done.returncode == 3, done.stderr
    found, every = results(tmp_path / "run"), rows(tmp_path / "run")
    assert not found["complete"]
    perception = [row for row in every if row["task"] == "perception"]
    failed = [row for row in perception if row["state"] == "error"]
    accuracy = found["metrics"]["perception.accuracy"]
    answered = [row for row in perception if row["state"] != "error"]
    assert failed
    assert (accuracy["n"], accuracy["n_error"]) == (len(answered), len(failed))
    assert accuracy["value"] == sum(bool(row["correct"]) for row in answered) / len(answered)
    for task in ("reasoning", "comparison"):
        of_task = [row for row in every if row["task"] == task]
        for axis in ("completeness", "preciseness", "consistency", "quality_accuracy"):
            metric = found["metrics"][f"{task}.{axis}"]
            scores = [row["judge"][axis]["score"] for row in of_task if row["judge"][axis]["score"] is not None]
            assert metric["n"] == len(scores)
            assert metric["n"] + metric["n_unscored"] + metric["n_error"] == len(of_task)
            assert abs(metric["value"] - sum(scores) / len(scores)) < 1e-12
    assert all(row["response"] is None for row in failed)


def test_judging_killed_and_resumed_buys_no_verdict_twice(tmp_path: Path, start: Start, medq: Run) -> None:
    with serve(latency_s=0.03) as server:
        whole = medq(*asked(server.url, tmp_path / "whole", task="reasoning"))
        assert whole.returncode == 0, whole.stderr
        needed = server.stats()["calls"]
    killed = tmp_path / "killed"
    command = asked("", killed, "judge.concurrency=4", task="reasoning")
    with serve(latency_s=0.03) as server:
        command = tuple(part + server.url if part.endswith("api_base=") else part for part in command)
        for moment in (30, 70):
            process = start(*command)
            while server.stats()["calls"] < moment and process.poll() is None:
                time.sleep(0.005)
            assert process.poll() is None, process.communicate()[1]
            os.kill(process.pid, signal.SIGKILL)
            process.communicate(timeout=30)
            in_flight = 16
        settled(server)
        done = medq(*command)
        assert done.returncode == 0, done.stderr
        # A call under way when the process dies is lost with it; every reply that came back was kept.
        assert needed <= server.stats()["calls"] <= needed + 2 * in_flight
        bought = server.stats()["calls"]
        again = medq("mode=judge", f"run.dir={killed}")
        assert again.returncode == 0, again.stderr
        assert server.stats()["calls"] == bought
    assert (killed / "results.json").read_bytes() == (tmp_path / "whole" / "results.json").read_bytes()


def test_a_second_judge_stands_beside_the_first_and_a_round_more_buys_only_that(tmp_path: Path, medq: Run) -> None:
    run_dir = tmp_path / "run"
    with serve() as server:
        assert medq(*asked(server.url, run_dir, "run.limit=4", task="reasoning")).returncode == 0
        before = (run_dir / "results.json").read_bytes()
        bought = server.stats()["calls"]
        second = medq("mode=judge", f"run.dir={run_dir}", "judge.id=another", "judge.name=another")
        assert second.returncode == 0, second.stderr
        assert server.stats()["calls"] == bought + 4 * 4
        rounds = medq("mode=judge", f"run.dir={run_dir}", "judge.rounds=2", "judge.name=twice")
        assert rounds.returncode == 0, rounds.stderr
        assert server.stats()["calls"] == bought + 4 * 4 + 4 * 4
        rules = medq("mode=judge", f"run.dir={run_dir}", "judge=rules")
    assert (run_dir / "results.json").read_bytes() == before
    assert results(run_dir / "judged-another")["judge"] == "another"
    assert len(rows(run_dir / "judged-twice")[0]["judge"]["consistency"]["rounds"]) == 2
    assert rules.returncode == 0, rules.stderr
    assert results(run_dir / "judged-rules")["judge"] == "rules"


def test_exchanged_images_show_the_bias_for_a_position(tmp_path: Path, medq: Run) -> None:
    with serve() as server:
        done = medq(*asked(server.url, tmp_path / "run", "judge.swap=true", "run.limit=6", task="comparison"))
        assert done.returncode == 0, done.stderr
    exchanged = [json.loads(line) for line in (tmp_path / "run" / "samples_exchanged.jsonl").read_text().splitlines()]
    first = rows(tmp_path / "run")
    assert len(first) == len(exchanged) == 6
    for one, other in zip(first, exchanged, strict=True):
        assert [image["sha256"] for image in one["images"]] == [image["sha256"] for image in other["images"]][::-1]
    assert results(tmp_path / "run")["position_bias"]["n"] + results(tmp_path / "run")["position_bias"]["n_unread"] == 6
