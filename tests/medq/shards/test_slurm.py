"""Shards as Slurm jobs: submitit's local jobs, and its real batch files through a stand-in for Slurm's programs."""

from __future__ import annotations

import base64
import csv
import io
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from medq.faultserver import RunningServer, serve
from medq.shards.shard import shard_of
from medq.shards.tally import counted

FAKE = Path(__file__).with_name("fake_slurm.py")
PROGRAMS = ("sbatch", "srun", "scontrol", "scancel", "squeue", "sacct")
COLUMNS = ("index", "image", "question", "A", "B", "C", "answer", "modality", "question_type", "degradation_level")
DEADLINE_S = 90.0
ITEMS = 60
LOCAL = "hardware.slurm.cluster=local"

Start = Callable[..., "subprocess.Popen[str]"]
Finish = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """Starts a run of `ITEMS` items, asked of `server`, in `shards` Slurm jobs; with a stand-in for Slurm on PATH."""
    programs, state = tmp_path / "bin", tmp_path / "state"
    programs.mkdir()
    state.mkdir()
    for name in PROGRAMS:
        (programs / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" "{FAKE}" {name} "$@"\n')
        (programs / name).chmod(0o755)
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    items = write_items(tmp_path / "items.tsv", ITEMS)

    def run(server: RunningServer, *more: str, shards: int, run_dir: str = "run") -> subprocess.Popen[str]:
        model = ("model=openai_compatible", "model.id=tested", f"model.api_base={server.url}", "model.concurrency=2")
        where = ("hardware=slurm", f"hardware.shards={shards}", f"run.dir={tmp_path / run_dir}", *more)
        return subprocess.Popen(
            [sys.executable, "-m", "medq", "+task=perception", *model, "data=local", f"data.path={items}", *where],
            text=True, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={**os.environ, "PATH": path, "FAKE_SLURM": str(state), "OMP_NUM_THREADS": "1"},
        )  # fmt: skip

    return run


@pytest.fixture
def finish(start: Start) -> Finish:
    """Runs it to its end."""

    def run(*arguments: Any, **keywords: Any) -> subprocess.CompletedProcess[str]:
        process = start(*arguments, **keywords)
        out, err = process.communicate(timeout=DEADLINE_S)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    return run


@pytest.fixture
def server() -> Iterator[RunningServer]:
    """Slow enough for every job to be met at work, until `hurry`."""
    with serve(latency_s=1.0) as running:
        yield running


def hurry(server: RunningServer) -> None:
    server.server.latency_s = 0.02


def write_items(path: Path, count: int) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, delimiter="\t")
        rows.writerow(COLUMNS)
        for n in range(count):
            buffer = io.BytesIO()
            Image.new("RGB", (40, 40), (n % 256, 0, 7)).save(buffer, "PNG")
            image = base64.b64encode(buffer.getvalue()).decode()
            options = ("None", "Mild", "Severe")
            rows.writerow((f"q{n}", image, f"How noisy is {n}?", *options, "ABC"[n % 3], "ct", "how", "mild"))
    return path


def until(condition: Callable[[], Any], what: str) -> None:
    end = time.monotonic() + DEADLINE_S
    while not condition():
        assert time.monotonic() < end, f"waited too long: {what}"
        time.sleep(0.02)


def tasks(run_dir: Path) -> list[int]:
    """The processes of the run's jobs that ask questions."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = path.read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue
        if "submitit.core._submit" in command and str(run_dir / "slurm") in command:
            found.append(int(path.parent.name))
    return found


def answers(journal: Path) -> set[str]:
    """The keys of its answers; none where it is not there, or its tables are not there yet."""
    try:
        with closing(sqlite3.connect(f"file:{journal}?mode=ro", uri=True, timeout=30)) as connection:
            return {key for (key,) in connection.execute("SELECT key FROM answers")}
    except sqlite3.OperationalError:
        return set()


def begun(run_dir: Path) -> int:
    """How many shards have answers: their processes then know what to do with a signal."""
    return sum(counted([path]).done > 0 for path in (run_dir / "shards").glob("*.tally.json"))


def kept(run_dir: Path) -> int:
    """Answers in all journals of the run, each key once."""
    return len(set().union(*map(answers, (run_dir / "journal.sqlite", *(run_dir / "shards").glob("*.sqlite")))))


def results(run_dir: Path) -> bytes:
    return (run_dir / "results.json").read_bytes()


@pytest.mark.long
def test_three_jobs_one_killed_and_one_preempted_give_the_results_of_one(
    tmp_path: Path, server: RunningServer, start: Start, finish: Finish
) -> None:
    hurry(server)
    done = finish(server, LOCAL, shards=1, run_dir="one")
    assert done.returncode == 0, done.stderr
    server.server.latency_s = 1.0
    process = start(server, LOCAL, "hardware.restarts=1", shards=3)
    until(lambda: begun(tmp_path / "run") == 3, "answers of every job")
    killed, preempted = tasks(tmp_path / "run")[:2]
    os.kill(killed, signal.SIGKILL)
    os.kill(preempted, signal.SIGUSR2)
    hurry(server)
    _, err = process.communicate(timeout=DEADLINE_S)
    assert process.returncode == 0, err
    assert err.count("submitted again") == 1
    assert results(tmp_path / "run") == results(tmp_path / "one")
    assert 2 * ITEMS <= server.stats()["calls"] <= 2 * ITEMS + 4  # none twice but what was under way
    logs = "".join(path.read_text() for path in (tmp_path / "run" / "slurm").glob("*_log.out"))
    assert logs.count("Requeued job") == 1
    ends = json.loads((tmp_path / "run" / "manifest.json").read_text())["shards"]["ends"]
    assert [end["index"] for end in ends] == [0, 1, 2]


def test_a_lost_task_costs_its_own_questions_until_the_same_command_asks_them(
    tmp_path: Path, server: RunningServer, start: Start, finish: Finish
) -> None:
    process = start(server, LOCAL, "hardware.restarts=0", shards=2)
    until(lambda: begun(tmp_path / "run") == 2, "answers of every job")
    os.kill(tasks(tmp_path / "run")[0], signal.SIGKILL)
    hurry(server)
    out, err = process.communicate(timeout=DEADLINE_S)
    assert process.returncode == 3, out + err
    before, calls = kept(tmp_path / "run"), server.stats()["calls"]
    smaller = min(Counter(shard_of("perception", f"q{n}", 2) for n in range(ITEMS)).values())
    assert smaller <= before < ITEMS
    done = finish(server, LOCAL, "hardware.restarts=0", shards=2)
    assert done.returncode == 0, done.stderr
    assert server.stats()["calls"] - calls == ITEMS - before


def test_ctrl_c_cancels_the_jobs_says_so_and_keeps_the_answers(
    tmp_path: Path, server: RunningServer, start: Start
) -> None:
    process = start(server, LOCAL, shards=2)
    until(lambda: server.stats()["answered"] >= 4, "four answers")
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=DEADLINE_S)
    assert process.returncode == 130
    assert "cancelling jobs" in err
    until(lambda: not tasks(tmp_path / "run"), "the end of the tasks")
    assert kept(tmp_path / "run") >= 4


def test_slurm_gets_an_array_that_is_requeued_when_it_is_preempted(
    tmp_path: Path, server: RunningServer, start: Start
) -> None:
    process = start(server, "hardware.restarts=0", shards=2)
    until(lambda: begun(tmp_path / "run") == 2, "answers of every job")
    os.kill(int((tmp_path / "state" / "1000_1.pid").read_text()), signal.SIGUSR2)
    hurry(server)
    _, err = process.communicate(timeout=DEADLINE_S)
    assert process.returncode == 0, err
    assert ITEMS <= server.stats()["calls"] <= ITEMS + 2
    assert "#SBATCH --array=0-1%2" in (tmp_path / "state" / "1000.sh").read_text()
    assert "Requeued job 1000_1" in (tmp_path / "run" / "slurm" / "1000_1_0_log.out").read_text()


def test_without_waiting_a_last_job_merges_and_the_command_is_refused_meanwhile(
    tmp_path: Path, server: RunningServer, finish: Finish
) -> None:
    left = finish(server, "hardware.slurm.wait=false", shards=2)
    assert left.returncode == 0, left.stderr
    assert re.search(r"array 1000 asks, job 1001 then merges .*squeue -j 1000,1001", left.stdout)
    meanwhile = finish(server, "hardware.slurm.wait=false", shards=2)
    assert meanwhile.returncode == 2
    assert "jobs 1000,1001 still work for" in meanwhile.stderr
    hurry(server)
    until((tmp_path / "state" / "1001.done").exists, "the last job")
    assert json.loads(results(tmp_path / "run"))["complete"]
    assert server.stats()["calls"] == ITEMS
    assert (tmp_path / "run" / "report.html").exists()


def test_what_slurm_refuses_is_told_in_one_line(server: RunningServer, finish: Finish) -> None:
    done = finish(server, "hardware.slurm.partition=nowhere", shards=2)
    assert done.returncode == 2
    assert "the jobs were not taken: sbatch: error: invalid partition specified: nowhere" in done.stderr
    assert "Traceback" not in done.stderr
