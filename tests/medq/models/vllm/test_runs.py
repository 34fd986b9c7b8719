"""Whole runs with `hardware=vllm_local`, by the command that a user types, with the stand-in for vLLM."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.medq.models.vllm.conftest import StandIn

ITEMS = 8
DEADLINE_S = 60
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(tmp_path: Path, weights: Path, stand_in: StandIn) -> Iterator[Start]:
    """Starts a run of the sample set on two GPUs, into `tmp_path / name`."""
    program = tmp_path / "bin" / "nvidia-smi"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho 0, GPU-aa, NVIDIA H100, 81559\necho 1, GPU-bb, NVIDIA H100, 81559\n")
    program.chmod(0o755)
    started: list[subprocess.Popen[str]] = []

    def run(*more: str, name: str = "run", mode: str = "", task: str = "perception") -> subprocess.Popen[str]:
        environment = stand_in.environment(mode)
        environment["PATH"] = f"{program.parent}{os.pathsep}{environment['PATH']}"
        environment.pop("CUDA_VISIBLE_DEVICES", None)
        if mode == "missing":
            (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['vllm'] = None\n")
            environment["PYTHONPATH"] = str(tmp_path)
        where = (f"model.path={weights}", f"run.dir={tmp_path / name}", f"run.root={tmp_path / 'root'}")
        arguments = (f"+task={task}", "model=qwen72b", "hardware=vllm_local", f"run.limit={ITEMS}", *where, *more)
        process = subprocess.Popen(
            [sys.executable, "-m", "medq", *arguments],
            text=True, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        started.append(process)
        return process

    yield run
    for child in filter(None, (one["child"] for one in stand_in.seen("load"))):
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    for process in started:
        process.kill()
        process.communicate()


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    _, err = process.communicate(timeout=DEADLINE_S)
    return process.returncode, err


def rows(folder: Path) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in (folder / "samples.jsonl").read_text().splitlines()]
    return [{key: value for key, value in row.items() if key != "latency_s"} for row in found]


def kept(folder: Path) -> int:
    """Answers in the journal of a run."""
    try:
        with closing(sqlite3.connect(f"file:{folder / 'journal.sqlite'}?mode=ro", uri=True)) as journal:
            return int(journal.execute("SELECT count(*) FROM answers").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + DEADLINE_S
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_killed_run_goes_on_with_the_same_command_and_asks_nothing_answered_again(
    start: Start, stand_in: StandIn, tmp_path: Path
) -> None:
    folder = tmp_path / "run"
    run = start("hardware.batch_size=2", mode="slow")
    until(lambda: kept(folder) > 0 or run.poll() is not None)
    run.send_signal(signal.SIGKILL)
    run.wait()
    before, asked = kept(folder), len(stand_in.seen("asked"))
    assert 0 < before < ITEMS
    code, err = ended(start("hardware.batch_size=2"))
    assert code == 0, err
    assert len(stand_in.seen("asked")) - asked == ITEMS - before
    assert len(Counter(one["prompt"] + "".join(one["images"]) for one in stand_in.seen("asked"))) == ITEMS
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["state"] == "complete"
    assert (manifest["calls"]["engine"], manifest["calls"]["gpus"]) == ("vllm", 1)
    assert ended(start())[0] == 0
    assert len(stand_in.seen("load")) == 2


def test_one_and_two_shards_give_the_same_sampled_votes_each_shard_on_gpus_of_its_own(
    start: Start, stand_in: StandIn, tmp_path: Path
) -> None:
    sampled = ("task.runs=3", "model.temperature=0.8", "run.keep_images=false")
    one = start(*sampled, name="one")
    assert ended(one)[0] == 0
    code, err = ended(start(*sampled, "hardware.shards=2", name="two"))
    assert code == 0, err
    found = rows(tmp_path / "one")
    assert rows(tmp_path / "two") == found
    votes = [row["response"] for row in found]
    assert len(votes) == 3 * ITEMS
    assert len(set(votes)) == 2
    alone, *shards = stand_in.seen("load")
    assert alone["CUDA_VISIBLE_DEVICES"] is None
    assert sorted(shard["CUDA_VISIBLE_DEVICES"] for shard in shards) == ["0", "1"]
    assert {shard["CUDA_DEVICE_ORDER"] for shard in shards} == {"PCI_BUS_ID"}


def test_options_are_scored_by_log_probability(start: Start, stand_in: StandIn, tmp_path: Path) -> None:
    code, err = ended(start("task.scoring=logprob"))
    assert code == 0, err
    assert {row["response"] for row in rows(tmp_path / "run")} == {"A"}


def test_a_dead_engine_ends_the_command_with_one_line_and_the_next_one_goes_on(
    start: Start, stand_in: StandIn, tmp_path: Path
) -> None:
    code, err = ended(start(mode="dies"))
    assert code == 2
    assert [line for line in err.splitlines() if "EngineDeadError" in line]
    assert "Traceback" not in err
    assert ended(start())[0] == 0
    assert len(stand_in.seen("asked")) == ITEMS


def test_an_interrupted_run_ends_the_processes_of_vllm(start: Start, stand_in: StandIn) -> None:
    run = start(mode="hangs")
    until(lambda: bool(stand_in.seen("chat")) or run.poll() is not None)
    run.send_signal(signal.SIGTERM)
    code, err = ended(run)
    assert code == 130, err
    until(lambda: not alive(stand_in.seen("load")[0]["child"]))


def test_a_run_that_is_killed_leaves_no_process_of_vllm(start: Start, stand_in: StandIn) -> None:
    run = start(mode="hangs")
    until(lambda: bool(stand_in.seen("chat")) or run.poll() is not None)
    child = stand_in.seen("load")[0]["child"]
    assert alive(child)
    run.send_signal(signal.SIGKILL)
    until(lambda: not alive(child))


def alive(process: int) -> bool:
    """Whether the process is there and more than a zombie."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_more_shards_than_gpus_are_refused_since_vllm_shares_none(start: Start, stand_in: StandIn) -> None:
    code, err = ended(start("hardware.shards=3"))
    assert code == 2
    assert "hardware.shards=3: each has weights of its own, and there is memory for 2" in err
    assert not stand_in.seen("load")


def test_a_missing_vllm_is_said_before_anything_is_made(start: Start, stand_in: StandIn, tmp_path: Path) -> None:
    code, err = ended(start(mode="missing"))
    assert code == 2
    assert err.strip().splitlines()[-1].count("pip install vllm") == 1
    assert not (tmp_path / "run").exists()
