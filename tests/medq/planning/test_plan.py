"""`mode=plan` through the user's command: it says what the run then does, and touches nothing."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from medq.faultserver import serve

Run = Callable[..., "subprocess.CompletedProcess[str]"]
PRICED = ("model.price={input: 2, output: 8}", "judge.price={input: 1, output: 4}", "model.max_tokens=64")


@pytest.fixture
def medq(tmp_path: Path) -> Run:
    """Runs `python -m medq` in a folder of the test's own, without any credential."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if not name.endswith("_API_KEY")}
        command = [sys.executable, "-m", "medq", *arguments]
        return subprocess.run(
            command, text=True, cwd=tmp_path, env=environment, capture_output=True, timeout=180, check=False
        )

    return run


def asked(url: str, *more: str, task: str = "all") -> tuple[str, ...]:
    return (
        f"+task={task}", "model=openai_compatible", "model.name=tested", "model.id=tested", f"model.api_base={url}",
        "judge=openai_compatible", "judge.id=judging", f"judge.api_base={url}", *PRICED, *more,
    )  # fmt: skip


def cells(plan: str, row: str) -> list[str]:
    """The cells of a line of the table: calls, in journal, text tokens, image tokens, answer tokens, cost, minutes."""
    line = next(line for line in plan.splitlines() if line.startswith("│") and row in line)
    return [cell.strip() for cell in line.strip("│").split("│")][1:]


def cost(plan: str, row: str) -> tuple[float, float]:
    low, high = (float(end.strip(" $")) for end in cells(plan, row)[5].split("–"))
    return low, high


@pytest.mark.parametrize(
    "more",
    [
        ("run.limit=5",),
        ("judge.rounds=2", "run.limit=3"),
        ("judge.swap=true", "run.limit=3"),
        ("task.runs=3", "run.limit=2"),
    ],
    ids=["plain", "rounds", "swap", "votes"],
)
def test_the_run_makes_the_calls_that_were_planned_at_a_cost_within_the_range(
    tmp_path: Path, medq: Run, more: tuple[str, ...]
) -> None:
    with serve() as server:
        planned = medq(*asked(server.url, "mode=plan", *more, task="comparison"))
        assert planned.returncode == 0, planned.stderr
        assert server.stats()["calls"] == 0
        assert not list(tmp_path.iterdir())
        done = medq(*asked(server.url, *more, f"run.dir={tmp_path / 'run'}", task="comparison"))
        assert done.returncode == 0, done.stderr
        models = server.stats()["models"]
    assert int(cells(planned.stdout, "answers: tested")[0]) == models["tested"]
    # Verdicts on equal texts are bought once, which nobody knows before the answers are there.
    assert int(cells(planned.stdout, "verdicts: judging")[0]) >= models["judging"]
    spent = json.loads((tmp_path / "run" / "manifest.json").read_text())["spending"]["spent_usd"]
    assert spent <= cost(planned.stdout, "all")[1]


def test_what_the_journals_hold_is_not_planned_again(tmp_path: Path, medq: Run) -> None:
    with serve() as server:
        command = asked(server.url, task="reasoning")
        stopped = medq(*command, "run.budget_usd=0.02")
        assert stopped.returncode == 4, stopped.stderr
        models = server.stats()["models"]
        planned = medq(*command, "mode=plan", "run.budget_usd=0.02")
        assert server.stats()["models"] == models
    assert cells(planned.stdout, "answers: tested")[:2] == ["24", str(models["tested"])]
    assert cells(planned.stdout, "verdicts: judging")[:2] == ["96", str(models["judging"])]
    assert cells(planned.stdout, "answers: tested")[2:4] == ["0", "0"]
    assert re.search(r"goes on with runs/\S+, which has spent \$0\.0\d+", planned.stdout)


def test_a_shared_journal_saves_calls_of_another_run(tmp_path: Path, medq: Run) -> None:
    journal = f"journal.path={tmp_path / 'shared.sqlite'}"
    with serve() as server:
        assert medq(*asked(server.url, journal, "run.limit=5", task="perception")).returncode == 0
        planned = medq(*asked(server.url, journal, "mode=plan", "run.limit=9", task="perception"))
    assert cells(planned.stdout, "answers: tested")[:2] == ["9", "5"]


def test_a_commercial_model_is_planned_without_its_key_and_with_the_day_of_its_price(tmp_path: Path, medq: Run) -> None:
    planned = medq("+task=all", "model=gpt5", "judge=panel", "mode=plan", "run.assumed_latency_s=60")
    assert planned.returncode == 0, planned.stderr
    out = planned.stdout
    assert "price of gpt5: $1.25 in, $10 out for a million tokens (the configuration from litellm 1.106.2" in out
    assert "OpenAI: 70 + 140 a tile of 512 px (documented)" in out
    assert "OPENAI_API_KEY" in out
    assert len(re.findall(r"verdicts:", out)) == 3
    answers = cells(out, "answers: gpt5")
    assert float(answers[6]) == pytest.approx(-(-int(answers[0]) // 32))  # rounds of 32 calls of a minute
    assert not list(tmp_path.iterdir())


def test_an_unknown_price_is_unknown_and_never_nothing(medq: Run) -> None:
    with serve() as server:
        planned = medq(
            "+task=perception", "model=openai_compatible", "model.name=tested", "model.id=tested",
            f"model.api_base={server.url}", "mode=plan", "run.budget_usd=1",
        )  # fmt: skip
    assert cells(planned.stdout, "answers: tested")[5] == "unknown"
    assert cells(planned.stdout, "all")[5] == "unknown"
    assert "price of tested: unknown" in planned.stdout
    assert "no rule known" in planned.stdout
    assert "the run would be refused" in planned.stdout


def test_an_embedded_baseline_is_free_and_what_n_can_show_is_said(medq: Run) -> None:
    planned = medq("+task=all", "mode=plan", "run.limit=20")
    assert planned.returncode == 0, planned.stderr
    assert cells(planned.stdout, "answers: iqa")[5] == "no charge"
    assert "$" not in planned.stdout
    assert "perception, n = 20: shows at 80 % power" in planned.stdout
    assert "reasoning, n = 20" in planned.stdout
