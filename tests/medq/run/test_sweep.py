"""Multiruns: one directory a run, one table, and a sweep that goes on after a kill."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from medq.faultserver import serve

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Start = Callable[..., "subprocess.Popen[str]"]


def test_a_sweep_gives_a_directory_each_and_a_table(
    tmp_path: Path, items_file: Callable[[int], Path], medq: Run
) -> None:
    common = ("+task=perception", "data=local", f"data.path={items_file(6)}")
    done = medq(*common, "model=random,iqa", "task.prompt=paper,released", "-m")
    assert done.returncode == 0, done.stderr
    (folder,) = (tmp_path / "runs").glob("*/*-sweep")
    runs = {path.parent.name for path in folder.glob("*/results.json")}
    assert runs == {
        "0-perception-random", "1-perception-random-released", "2-perception-iqa", "3-perception-iqa-released",
    }  # fmt: skip
    summary = json.loads((folder / "summary.json").read_text())
    assert [entry["run"] for entry in summary] == sorted(runs)
    assert all(name in done.stdout.split("sweep runs/")[1] for name in runs)
    assert sorted(path.name for path in folder.iterdir() if path.is_dir()) == sorted(runs)


def test_a_bad_option_in_a_sweep_ends_with_exit_code_2(items_file: Callable[[int], Path], medq: Run) -> None:
    done = medq(
        "+task=perception", "data=local", f"data.path={items_file(2)}", "model=random", "task.prompt=paper,papr", "-m"
    )
    assert done.returncode == 2
    assert "papr" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_killed_sweep_goes_on_and_repeats_no_complete_run(
    tmp_path: Path, items_file: Callable[[int], Path], start: Start, medq: Run, arguments: Callable[..., Sequence[str]]
) -> None:
    with serve(latency_s=0.05) as server:
        sweep = (*arguments(server.url, items_file(30), "model.concurrency=2"), "task.prompt=paper,released", "-m")
        process = start(*sweep)
        while server.stats()["calls"] < 40 and process.poll() is None:
            time.sleep(0.01)
        assert process.poll() is None, process.communicate()[1]
        os.kill(process.pid, signal.SIGKILL)
        process.communicate(timeout=30)
        time.sleep(0.3)
        done = medq(*sweep)
        assert done.returncode == 0, done.stderr
        assert 60 <= server.stats()["calls"] <= 60 + 8
    assert "complete, left as it is" in done.stdout
    assert len(list((tmp_path / "runs").glob("*/*-sweep"))) == 1
    assert len(list((tmp_path / "runs").glob("*/*-sweep/*/results.json"))) == 2
