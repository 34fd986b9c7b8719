"""Whole runs against a stand-in for vLLM: real processes, real HTTP, real kills."""

from __future__ import annotations

import asyncio
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

from medq.errors import ModelUnusable
from medq.hardware import HardwareSettings
from medq.models.interface import Answer, Outcome, Request
from medq.models.settings import ModelSettings
from medq.serving import ServedModel
from medq_tasks.item import Item

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Start = Callable[..., "subprocess.Popen[str]"]
Until = Callable[[Callable[[], bool], str], None]
Alive = Callable[[int], bool]
Open = Callable[..., ServedModel]
STAND_IN = Path(__file__).with_name("stand_in.py")


@pytest.fixture
def serve_here(engine: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """A model in this process, with a server by a command of the user's own."""

    def build(mode: str = "", **keys: Any) -> ServedModel:
        for name, value in engine.environment(mode).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("MEDQ_SERVER_API_KEY", "")
        show = "--served-model-name tested/model --host 127.0.0.1 --port {port}"
        server = {"command": f"{sys.executable} {STAND_IN} serve {{model}} {show}", "port": keys.pop("port", None)}
        places = {name: keys.pop(name) for name in ("restarts", "dtype", "batch_size") if name in keys}
        settings = ModelSettings(kind="lmms", id="tested/model", revision="abc", temperature=0.0, **keys)
        model = ServedModel(settings, HardwareSettings(name="vllm", place="vllm", server=server, **places))
        model.log_to(tmp_path / "run" / "serving.log")
        return model

    return build


def question(number: int) -> Request:
    item = Item(id=f"q{number}", task="perception", question="How noisy?", images=())
    return Request(item=item, prompt=f"How noisy is {number}?", images=())


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


def test_a_server_that_hangs_is_ended_and_started_again(serve_here: Open, engine: Any) -> None:
    model = serve_here("sick", timeout_s=1.0, deadline_s=1.0, retries=0)

    async def run() -> list[Outcome]:
        try:
            return [(await model.answer([question(n)]))[0] for n in range(8)]
        finally:
            await model.close()

    assert all(isinstance(outcome, Answer) for outcome in asyncio.run(run()))
    assert len(engine.notes("arguments")) == 2
    (death,) = model.report()["server"]["deaths"]
    assert death


def test_a_server_that_dies_too_often_ends_the_run_with_its_cause(serve_here: Open, engine: Any) -> None:
    model = serve_here(restarts=0)

    async def run() -> None:
        try:
            for n in range(8):
                if n == 4:
                    os.kill(engine.processes()[0], signal.SIGKILL)
                await model.answer([question(n)])
        finally:
            await model.close()

    with pytest.raises(ModelUnusable, match="killed by SIGKILL"):
        asyncio.run(run())
    assert len(engine.notes("answered")) == 4


def test_the_identity_names_engine_weights_and_decoding_and_no_address(serve_here: Open, tmp_path: Path) -> None:
    plain = serve_here().identity
    assert plain["engine"] == "command"
    assert plain["revision"] == "abc"
    assert plain["decoding"] == {"temperature": 0.0}
    assert "api_base" not in plain
    assert serve_here(port=7000, batch_size=8).identity == plain
    assert serve_here(dtype="bfloat16").identity != plain
    (tmp_path / "config.json").write_text("{}")
    weights = serve_here(path=tmp_path).identity["weights"]
    (tmp_path / "config.json").write_text('{"layers": 2}')
    assert serve_here(path=tmp_path).identity["weights"] != weights


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
