"""Whole runs against a stand-in for vLLM: real processes, real HTTP, real kills."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Start = Callable[..., "subprocess.Popen[str]"]
Until = Callable[[Callable[[], bool], str], None]
Alive = Callable[[int], bool]
STAND_IN = Path(__file__).with_name("stand_in.py")


def answers(run_dir: Path) -> int:
    with sqlite3.connect(run_dir / "journal.sqlite", timeout=30) as connection:
        return int(connection.execute("SELECT COUNT(*) FROM answers").fetchone()[0])


def server_report(run_dir: Path) -> dict[str, Any]:
    return dict(json.loads((run_dir / "manifest.json").read_text())["calls"]["server"])


def test_a_run_starts_its_server_on_loopback_under_a_key_of_its_own_and_stops_it(
    tmp_path: Path, engine: Any, medq: Run, is_alive: Alive, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # not to be asked for this machine's own server
    done = medq()
    assert done.returncode == 0, done.stderr
    (arguments,) = engine.notes("arguments")
    assert arguments[:2] == ["serve", "Qwen/Qwen2.5-VL-7B-Instruct"]
    assert " ".join(arguments).count("--host 127.0.0.1") == 1
    assert len(engine.notes("answered")) == 12
    assert server_report(tmp_path / "run")["deaths"] == []
    assert not any(map(is_alive, engine.processes()))
    assert "the key is [secret]" in (tmp_path / "run" / "serving.log").read_text()
    assert not any("key" in argument for argument in arguments)


def test_the_command_may_be_the_users_own_and_the_address_is_in_no_identity(
    tmp_path: Path, engine: Any, medq: Run
) -> None:
    own = f"{sys.executable} {STAND_IN} serve {{model}} --served-model-name Qwen/Qwen2.5-VL-7B-Instruct "
    show = "--host 127.0.0.1 --port {port}"
    done = medq(f"hardware.server.command='{own}{show}'", count=2)
    assert done.returncode == 0, done.stderr
    identity = json.loads((tmp_path / "run" / "manifest.json").read_text())["model"]
    assert {"kind", "engine", "arguments", "dtype", "decoding", "revision"} <= identity.keys()
    (arguments,) = engine.notes("arguments")
    port = arguments[arguments.index("--port") + 1]
    assert port not in json.dumps(identity)
    assert "api_base" not in identity


def test_a_server_killed_in_mid_run_is_started_again_and_no_answer_is_lost(
    tmp_path: Path, engine: Any, start: Start, wait_until: Until, is_alive: Alive
) -> None:
    process = start("model.concurrency=2", count=60)
    wait_until(lambda: len(engine.notes("answered")) >= 10, "ten answers")
    os.kill(engine.processes()[0], signal.SIGKILL)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert "died" in err
    assert len(engine.notes("arguments")) == 2
    assert answers(tmp_path / "run") == 60
    assert 60 <= len(engine.notes("asked")) <= 60 + 2
    results = json.loads((tmp_path / "run" / "results.json").read_text())
    assert results["complete"]
    assert results["metrics"]["accuracy"]["n_error"] == 0
    assert len(server_report(tmp_path / "run")["deaths"]) == 1
    assert not any(map(is_alive, engine.processes()))


def test_a_server_that_hangs_is_ended_and_started_again(tmp_path: Path, engine: Any, medq: Run) -> None:
    done = medq("model.timeout_s=1", "model.deadline_s=1", "model.concurrency=1", count=10, mode="sick")
    assert done.returncode == 0, done.stderr
    assert len(engine.notes("arguments")) == 2
    assert answers(tmp_path / "run") == 10


def test_a_server_that_dies_too_often_ends_the_run_with_its_cause(
    tmp_path: Path, engine: Any, start: Start, wait_until: Until
) -> None:
    process = start("hardware.restarts=0", "model.concurrency=1", count=40)
    wait_until(lambda: len(engine.notes("answered")) >= 4, "four answers")
    os.kill(engine.processes()[0], signal.SIGKILL)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "killed by SIGKILL" in err
    assert answers(tmp_path / "run") >= 3


def test_medq_killed_leaves_no_server_and_the_same_command_asks_only_the_rest(
    engine: Any, start: Start, medq: Run, wait_until: Until, is_alive: Alive
) -> None:
    run_dir = engine.file.parent / "run"
    process = start("model.concurrency=2", count=30)
    wait_until(lambda: len(engine.notes("answered")) >= 8, "eight answers")
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=30)
    wait_until(lambda: not any(map(is_alive, engine.processes())), "the end of the server and its children")
    kept, asked = answers(run_dir), len(engine.notes("asked"))
    assert kept > 0
    done = medq("model.concurrency=2", count=30)
    assert done.returncode == 0, done.stderr
    assert len(engine.notes("asked")) - asked == 30 - kept
    starts = len(engine.notes("arguments"))
    assert medq("model.concurrency=2", count=30).returncode == 0
    assert len(engine.notes("arguments")) == starts  # nothing is left to ask, so nothing is started


def test_ctrl_c_ends_the_run_with_130_and_the_server_even_if_that_one_is_stubborn(
    engine: Any, start: Start, wait_until: Until, is_alive: Alive
) -> None:
    process = start(count=200, mode="stubborn")
    wait_until(lambda: len(engine.notes("answered")) >= 2, "two answers")
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=15)
    assert process.returncode == 130
    assert "Traceback" not in err
    wait_until(lambda: not any(map(is_alive, engine.processes())), "SIGKILL after the grace")


def test_ctrl_c_while_the_server_loads_ends_both(engine: Any, start: Start, wait_until: Until, is_alive: Alive) -> None:
    process = start(mode="slow")
    wait_until(lambda: bool(engine.processes()), "the start of the server")
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=15)
    assert process.returncode == 130
    wait_until(lambda: not any(map(is_alive, engine.processes())), "the end of the server")


def test_a_plan_starts_nothing(engine: Any, medq: Run, tmp_path: Path) -> None:
    done = medq("mode=plan")
    assert done.returncode == 0, done.stderr
    assert not engine.file.exists()
    assert not (tmp_path / "run").exists()
