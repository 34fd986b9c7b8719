"""Sweeps whose runs are submitit's jobs: exit codes come back, and what dies or is preempted goes on."""

from __future__ import annotations

import base64
import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from medq.faultserver import RunningServer, serve

COLUMNS = ("index", "image", "question", "A", "B", "C", "answer", "modality", "question_type", "degradation_level")
DEADLINE_S = 90.0
JOB, TASK = "submitit.local._local", "submitit.core._submit"
PROMPTS = "task.prompt=paper,released"

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """Starts a sweep over 30 items in jobs of this machine."""
    items = tmp_path / "items.tsv"
    with items.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, delimiter="\t")
        rows.writerow(COLUMNS)
        for n in range(30):
            buffer = io.BytesIO()
            Image.new("RGB", (40, 40), (n, 0, 7)).save(buffer, "PNG")
            image = base64.b64encode(buffer.getvalue()).decode()
            rows.writerow((f"q{n}", image, f"How noisy is {n}?", "None", "Mild", "Severe", "A", "ct", "how", "mild"))

    def run(*arguments: str, server: RunningServer | None = None) -> subprocess.Popen[str]:
        named = ("model=openai_compatible", "model.id=tested", "model.concurrency=2")
        model = () if server is None else (*named, f"model.api_base={server.url}")
        data = ("+task=perception", "data=local", f"data.path={items}")
        return subprocess.Popen(
            [sys.executable, "-m", "medq", *data, *model, *arguments, "hydra/launcher=submitit_local", "-m"],
            text=True, cwd=tmp_path, env={**os.environ, "OMP_NUM_THREADS": "1"},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    return run


def finished(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=DEADLINE_S)
    return process.returncode, out, err


def summary(tmp_path: Path) -> list[dict[str, Any]]:
    (path,) = (tmp_path / "runs").glob("*/*-sweep/summary.json")
    return list(json.loads(path.read_text()))


def processes(tmp_path: Path, module: str) -> list[int]:
    """Those that run that module of submitit for the sweep."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = path.read_bytes().decode(errors="replace")
        except OSError:
            continue
        if module in command and str(tmp_path) in command:
            found.append(int(path.parent.name))
    return found


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + DEADLINE_S
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_runs_as_jobs_end_in_one_table_with_the_worst_exit_code(tmp_path: Path, start: Start) -> None:
    code, out, err = finished(start("model=random", "task.prompt=paper,no_such_prompt"))
    assert code == 2
    assert [entry["run"] for entry in summary(tmp_path)] == ["0-perception-random"]
    assert "0-perception-random" in out
    assert "Traceback" not in err


@pytest.mark.long
def test_a_job_goes_on_after_preemption_and_the_same_command_after_a_death(tmp_path: Path, start: Start) -> None:
    with serve(latency_s=1.0) as server:
        process = start(PROMPTS, server=server)
        until(lambda: len(list((tmp_path / "runs").glob("*/*-sweep/*/journal.sqlite"))) == 2)
        until(lambda: server.stats()["answered"] >= 4)
        preempted, killed = processes(tmp_path, TASK)
        os.kill(preempted, signal.SIGUSR2)
        os.kill(killed, signal.SIGKILL)
        server.server.latency_s = 0.02
        code, _, err = finished(process)
        assert code == 130
        assert "ended without a result" in err
        assert err.count("\n") == 1
        until(lambda: not processes(tmp_path, JOB))  # the preempted one is there again, and ends whole
        assert len(list((tmp_path / "runs").glob("*/*-sweep/*/results.json"))) == 1
        code, out, err = finished(start(PROMPTS, server=server))
        assert code == 0, err
        assert 60 <= server.stats()["calls"] <= 60 + 4  # none twice but what was under way
    assert "0-perception-openai_compatible" in out
    assert [entry["complete"] for entry in summary(tmp_path)] == [True, True]
