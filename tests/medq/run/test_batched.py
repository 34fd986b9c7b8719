"""`model.batch=true` from the command line, with Anthropic's message batches."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from medq.faultserver import RunningServer, serve

Start = Callable[..., "subprocess.Popen[str]"]
Run = Callable[..., "subprocess.CompletedProcess[str]"]
KEY = {"ANTHROPIC_API_KEY": "sk-test-not-a-key"}
ITEMS = 30


def arguments(server: RunningServer, path: Path, *more: str) -> Sequence[str]:
    model = ("model=claude4_sonnet", f"model.api_base={server.root}")
    return ("+task=perception", *model, "data=local", f"data.path={path}", *more)


def spent_usd(run: Path) -> float:
    return sum(float(json.loads(line)["cost_usd"]) for line in (run / "samples.jsonl").read_text().splitlines())


def test_a_batch_scores_as_single_calls_do_for_half_the_money(
    tmp_path: Path, items_file: Callable[[int], Path], medq: Run
) -> None:
    items, single, batched = items_file(ITEMS), tmp_path / "single", tmp_path / "batched"
    with serve() as server:
        done = medq(*arguments(server, items, f"run.dir={single}"), environment=KEY)
        assert done.returncode == 0, done.stderr
        done = medq(*arguments(server, items, f"run.dir={batched}", "model.batch=true"), environment=KEY)
        assert done.returncode == 0, done.stderr
        assert len(server.server.message_desk.batches()) == 1
        assert set(server.stats()["by_content"].values()) == {2}
    assert (batched / "results.json").read_bytes() == (single / "results.json").read_bytes()
    assert spent_usd(single) > 0
    assert abs(spent_usd(batched) - spent_usd(single) / 2) < 1e-9


def test_a_run_killed_while_it_waits_goes_on_with_the_same_batch(
    tmp_path: Path, items_file: Callable[[int], Path], start: Start, medq: Run
) -> None:
    with serve(batch_s=6.0) as server:
        asked = arguments(server, items_file(ITEMS), f"run.dir={tmp_path / 'run'}", "model.batch=true")
        process = start(*asked, environment=KEY)
        while not server.server.message_desk.batches() and process.poll() is None:
            time.sleep(0.05)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate(timeout=30)
        assert server.stats()["calls"] == 0
        done = medq(*asked, environment=KEY)
        assert done.returncode == 0, done.stderr
        assert len(server.server.message_desk.batches()) == 1
        assert server.stats()["calls"] == ITEMS
    assert json.loads((tmp_path / "run" / "results.json").read_text())["complete"] is True


def test_requests_that_expired_are_counted_and_asked_again_next_time(
    tmp_path: Path, items_file: Callable[[int], Path], medq: Run
) -> None:
    with serve("hang=0.3,500=0.2", seed=3) as server:
        asked = arguments(
            server, items_file(ITEMS), f"run.dir={tmp_path / 'run'}", "model.batch=true", "model.retries=0"
        )
        first = medq(*asked, environment=KEY)
        assert first.returncode == 3, first.stderr
        rows = [json.loads(line) for line in (tmp_path / "run" / "samples.jsonl").read_text().splitlines()]
        failed = [row for row in rows if row["state"] == "error"]
        assert {row["state"] for row in rows} == {"scored", "error"}
        calls = server.stats()["calls"]
        server.server.plan = type(server.server.plan)()
        second = medq(*asked, environment=KEY)
        assert second.returncode == 0, second.stderr
        assert server.stats()["calls"] - calls == len(failed)


def test_a_wrong_key_is_one_line_and_exit_code_2(tmp_path: Path, items_file: Callable[[int], Path], medq: Run) -> None:
    with serve("401=1") as server:
        asked = arguments(server, items_file(ITEMS), f"run.dir={tmp_path / 'run'}", "model.batch=true")
        done = medq(*asked, environment=KEY)
        assert done.returncode == 2
        assert server.server.message_desk.batches() == []
    (line,) = done.stderr.strip().splitlines()
    assert "401" in line
    assert KEY["ANTHROPIC_API_KEY"] not in done.stdout + done.stderr
