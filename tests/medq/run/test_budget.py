"""Runs stop before they pass their budget, and lose nothing by it, at a server that bills."""

from __future__ import annotations

import base64
import io
import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from medq.faultserver import RunningServer, serve
from medq.spending import SPENDING, spent_in

ITEMS = 60
PRICE = {"input": 2.0, "output": 8.0}
Run = Callable[..., "subprocess.CompletedProcess[str]"]
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def items(tmp_path: Path) -> Path:
    """A TSV of perception items whose prompts have equally many words."""
    path = tmp_path / "items.tsv"
    lines = ["\t".join(("index", "image", "question", "A", "B", "C", "answer"))]
    for number in range(ITEMS):
        buffer = io.BytesIO()
        Image.new("RGB", (8, 8), (number, 0, 7)).save(buffer, "PNG")
        image = base64.b64encode(buffer.getvalue()).decode()
        lines.append("\t".join((f"q{number}", image, f"How noisy is image {number}?", "None", "Mild", "Severe", "A")))
    path.write_text("\n".join(lines) + "\n")
    return path


def asked(url: str, items: Path, *more: str) -> tuple[str, ...]:
    return (
        "+task=perception", "model=openai_compatible", "model.id=openai/gpt-4o-tested", f"model.api_base={url}",
        "data=local", f"data.path={items}", f"run.dir={items.parent / 'run'}", "model.concurrency=16",
        "model.max_tokens=64", f"model.price={{input: {PRICE['input']}, output: {PRICE['output']}}}",
        "model.backoff_s=0.01", *more,
    )  # fmt: skip


def unit_usd(server: RunningServer) -> float:
    """What the server bills for one answer: the same for each, since all prompts have as many words."""
    prompt = server.server.last_prompt
    assert prompt is not None
    tokens_in = len(prompt.text.split()) + 100 * len(prompt.images)
    return (tokens_in * PRICE["input"] + 1 * PRICE["output"]) / 1e6


def spent(items: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((items.parent / "run" / "manifest.json").read_text())["spending"]
    return found


def test_a_run_stops_before_its_budget_and_a_larger_one_finishes_it(items: Path, medq: Run) -> None:
    with serve(latency_s=0.02) as server:
        stopped = medq(*asked(server.url, items, "run.budget_usd=0.008"))
        assert stopped.returncode == 4, stopped.stderr
        calls = server.stats()["calls"]
        billed = calls * unit_usd(server)
        assert 0 < billed <= 0.008
        assert spent(items)["spent_usd"] == pytest.approx(billed)
        assert f"{ITEMS - calls} of {ITEMS} questions are left" in stopped.stderr
        assert re.search(r"\$0\.00\d+ spent", stopped.stderr)
        assert "larger run.budget_usd" in stopped.stderr
        assert f"run.dir={items.parent / 'run'}" in stopped.stderr
        assert stopped.stderr.count("\n") == 1

        again = medq(*asked(server.url, items, "run.budget_usd=0.008"))
        assert again.returncode == 4  # what the first session spent counts
        assert server.stats()["calls"] * unit_usd(server) <= 0.008

        done = medq(*asked(server.url, items, "run.budget_usd=1"))
        assert done.returncode == 0, done.stderr
        assert server.stats()["calls"] == ITEMS
        assert spent(items)["spent_usd"] == pytest.approx(ITEMS * unit_usd(server))
        free = medq(*asked(server.url, items, "mode=score", "run.budget_usd=0.000001"))
        assert free.returncode == 0, free.stderr  # answers out of the journal cost nothing


def test_faults_do_not_carry_a_run_past_its_budget(items: Path, medq: Run) -> None:
    http_errors = ("rate429", "rate429_after", "500", "503")
    with serve("transient=0.4", seed=2, retry_after_s=0.01, latency_s=0.005) as server:
        stopped = medq(*asked(server.url, items, "run.budget_usd=0.02", "model.retry_truncated=0"))
        assert stopped.returncode == 4, stopped.stderr
        stats = server.stats()
        free = sum(stats["by_fault"].get(fault, 0) for fault in http_errors)
        assert (stats["calls"] - free) * unit_usd(server) <= 0.02
        assert spent(items)["assumed_usd"] > 0
        assert "of it assumed" in stopped.stderr


def test_a_killed_run_forgets_no_dollar(items: Path, start: Start, medq: Run) -> None:
    with serve(latency_s=0.05) as server:
        process = start(*asked(server.url, items, "run.budget_usd=0.012", "model.concurrency=4"))
        while server.stats()["calls"] < 10 and process.poll() is None:
            time.sleep(0.005)
        assert process.poll() is None, process.communicate()[1]
        os.kill(process.pid, signal.SIGKILL)
        process.communicate(timeout=30)
        calls = server.stats()["calls"]
        # Calls under way when the process died may have been billed: they count as much as they could have cost.
        booked = spent_in(items.parent / "run")
        assert booked.usd >= calls * unit_usd(server)
        assert booked.assumed > 0
        stopped = medq(*asked(server.url, items, "run.budget_usd=0.012"))
        assert stopped.returncode == 4, stopped.stderr
        assert calls < server.stats()["calls"] <= 0.012 / unit_usd(server)
        assert medq(*asked(server.url, items, "run.budget_usd=1")).returncode == 0


def test_model_and_judge_share_one_budget(tmp_path: Path, medq: Run) -> None:
    with serve(latency_s=0.01) as server:
        command = (
            "+task=reasoning", "model=openai_compatible", "model.id=tested", f"model.api_base={server.url}",
            "model.max_tokens=64", "model.price={input: 2, output: 8}", "judge=openai_compatible", "judge.id=judging",
            f"judge.api_base={server.url}", "judge.price={input: 1, output: 4}", f"run.dir={tmp_path / 'run'}",
        )  # fmt: skip
        stopped = medq(*command, "run.budget_usd=0.02")
        assert stopped.returncode == 4, stopped.stderr
        assert "verdicts are left" in stopped.stderr
        models = server.stats()["models"]
        assert models["tested"] == 24  # every answer was bought, and the verdicts stopped
        assert 0 < models["judging"] < 4 * 24
        done = medq(*command, "run.budget_usd=1")
        assert done.returncode == 0, done.stderr
        assert server.stats()["models"] == {"tested": 24, "judging": 4 * 24}  # none lost, none bought twice
    rows = [json.loads(line) for line in (tmp_path / "run" / "samples.jsonl").read_text().splitlines()]
    verdicts = [turn for row in rows for axis in row["judge"].values() for turn in axis["rounds"]]
    bought = sum(row["cost_usd"] for row in rows) + sum(verdict["cost_usd"] for verdict in verdicts)
    spending = json.loads((tmp_path / "run" / "manifest.json").read_text())["spending"]
    assert spending["spent_usd"] == pytest.approx(bought)


@pytest.mark.parametrize("unknown", ["model", "judge"])
def test_a_budget_without_a_price_is_refused_before_the_first_call(tmp_path: Path, medq: Run, unknown: str) -> None:
    with serve() as server:
        ask = ["+task=reasoning", "run.budget_usd=1", f"run.dir={tmp_path / 'run'}"]
        for role in ("model", "judge"):
            ask += [f"{role}=openai_compatible", f"{role}.id={role}s", f"{role}.api_base={server.url}"]
            ask += [] if role == unknown else [f"{role}.price={{input: 1, output: 1}}"]
        refused = medq(*ask)
        assert server.stats()["calls"] == 0
    assert refused.returncode == 2
    assert f"the price of {unknown}s is not known" in refused.stderr
    assert "model.price" in refused.stderr
    assert not (tmp_path / "run").exists()


def test_embedded_baselines_run_under_any_budget(items: Path, medq: Run) -> None:
    run_dir = items.parent / "run"
    done = medq(
        "+task=perception", "model=random", "data=local", f"data.path={items}", f"run.dir={run_dir}",
        "run.budget_usd=0.01",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert not (run_dir / SPENDING).exists()
