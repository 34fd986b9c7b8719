"""`python -m medq ... task.scoring=logprob` from the command line."""

from __future__ import annotations

import json
import math
import re
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hydra import compose, initialize_config_dir

from medq.compose import validate
from medq.errors import ConfigError
from medq.faultserver import serve
from medq.faultserver.answering import answer_for
from medq.faultserver.prompt import make_prompt
from medq.models.settings import ModelSettings
from medq.paths import CONF
from medq.planning.plan import plan_run
from medq.run.model import check_run_model, check_scoring
from medq.schema import TaskSettings
from medq_tasks.data import load_items
from medq_tasks.item import Item
from medq_tasks.perception import render

Run = Callable[..., subprocess.CompletedProcess[str]]
LOGPROB = "task.scoring=logprob"
CYCLIC = "task.permutations=cyclic"
ITEMS, OPTIONS = 12, 3
PREFERRED = 0.8
# What the fault server leaves to the first and the second letter that it did not choose.
OTHERS = (0.04, 0.02)


def samples(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "samples.jsonl").read_text(encoding="utf-8").splitlines()]


def turns_kept(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "journal.sqlite")) as journal:
        records = [json.loads(record) for (record,) in journal.execute("SELECT record FROM answers")]
    return sum("option_probabilities" not in record["notes"] for record in records)


def metrics(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "results.json").read_text(encoding="utf-8"))["metrics"]
    return found


def by_hand(item: Item, cyclic: bool) -> dict[str, float]:
    """The average over the turns, from the server's own rule and texts put together here."""
    texts = [option.text for option in item.options]
    image = item.images[0].read()
    sums = dict.fromkeys(texts, 0.0)
    count = len(texts) if cyclic else 1
    for by in range(count):
        order = texts[by:] + texts[:by]
        lines = "\n".join(f"{letter}. {text}" for letter, text in zip("ABC", order, strict=True))
        own = "\n".join(f"{letter}. {text}" for letter, text in zip("ABC", texts, strict=True))
        prompt = render(item).replace(own, lines)
        chosen = "ABC".index(answer_for(make_prompt(model="tested", texts=[prompt], images=[data_url(image)])))
        others = iter(OTHERS)
        weights = [PREFERRED if place == chosen else next(others) for place in range(len(texts))]
        for text, weight in zip(order, weights, strict=True):
            sums[text] += weight / sum(weights) / count
    return {option.letter: sums[option.text] for option in item.options}


def data_url(data: bytes) -> str:
    import base64

    return f"data:image/png;base64,{base64.b64encode(data).decode()}"


@pytest.mark.parametrize("cyclic", [False, True], ids=["none", "cyclic"])
def test_answers_are_the_averages_worked_out_by_hand(
    medq: Run, items_file: Callable[[int], Path], arguments: Callable[..., Sequence[str]], tmp_path: Path, cyclic: bool
) -> None:
    path = items_file(ITEMS)
    more = (LOGPROB, *([CYCLIC] if cyclic else []))
    with serve() as server:
        planned = medq(*arguments(server.url, path, *more, "mode=plan"))
        done = medq(*arguments(server.url, path, *more, f"run.dir={tmp_path / 'run'}"))
        calls, last = server.stats()["calls"], server.server.last_prompt
    assert done.returncode == 0, done.stderr
    assert calls == ITEMS * (OPTIONS if cyclic else 1)
    assert re.search(rf"answers: openai_compatible\W+{calls}\b", planned.stdout), planned.stdout
    rows = {row["id"]: row for row in samples(tmp_path / "run")}
    items = list(load_items(path, task="perception", split=None, columns={}))
    assert last is not None
    assert last.images[0] in {data_url(item.images[0].read()) for item in items}
    right = 0
    for item in items:
        expected = by_hand(item, cyclic)
        found = rows[item.id]["notes"]["option_probabilities"]
        assert found == pytest.approx(expected, abs=1e-4)
        assert rows[item.id]["prediction"] == max(expected, key=lambda letter: round(expected[letter], 3))
        right += rows[item.id]["prediction"] == item.answer
    assert metrics(tmp_path / "run")["accuracy"]["value"] == pytest.approx(right / ITEMS)
    assert all(row["state"] == "scored" for row in rows.values())


def test_a_killed_run_goes_on_and_asks_no_turn_twice(
    start: Callable[..., subprocess.Popen[str]],
    medq: Run,
    items_file: Callable[[int], Path],
    arguments: Callable[..., Sequence[str]],
    tmp_path: Path,
) -> None:
    with serve(latency_s=0.15) as server:
        command = (*arguments(server.url, items_file(ITEMS), LOGPROB, CYCLIC), "model.concurrency=2")
        process = start(*command, f"run.dir={tmp_path / 'run'}")
        while server.stats()["answered"] < 9:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=30)
        not_kept = server.stats()["calls"] - turns_kept(tmp_path / "run")
        done = medq(*command, f"run.dir={tmp_path / 'run'}")
        asked = server.stats()["by_content"]
    assert done.returncode == 0, done.stderr
    assert len(asked) == ITEMS * OPTIONS
    assert sum(times - 1 for times in asked.values()) == not_kept
    assert len(samples(tmp_path / "run")) == ITEMS


def test_confidence_of_degraded_copies_is_the_probability_of_the_option(
    medq: Run, items_file: Callable[[int], Path], tmp_path: Path
) -> None:
    path = tmp_path / "deg.tsv"
    lines = items_file(ITEMS).read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with serve() as server:
        model = ("model=openai_compatible", "model.id=tested", f"model.api_base={server.url}")
        done = medq(
            "+task=degradation", *model, "data=local", f"data.path={path}", LOGPROB, CYCLIC, "task.runs=1", "run.dir=r"
        )
        assert server.server.last_body["temperature"] == 0
    assert done.returncode == 0, done.stderr
    rows = samples(tmp_path / "r")
    stated = [row["notes"]["option_probabilities"][row["prediction"]] for row in rows]
    found = metrics(tmp_path / "r")
    assert found["confidence"]["value"] == pytest.approx(math.fsum(stated) / len(stated))
    squares = [(value - row["correct"]) ** 2 for value, row in zip(stated, rows, strict=True)]
    assert found["brier"]["value"] == pytest.approx(math.fsum(squares) / len(squares))
    assert found["expected_calibration_error"]["n"] == ITEMS


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (("+task=perception", "model=random"), "a model of kind random gives no log-probabilities"),
        (("+task=perception", "model=iqa"), "a model of kind iqa gives no log-probabilities"),
        (("+task=perception", "model=claude4_sonnet"), "Anthropic's API gives no log-probabilities"),
        (("+task=perception", "model=gpt5"), "OpenAI's reasoning models give no log-probabilities"),
        (("+task=perception", "model=mistral_medium3"), "Mistral's API gives no log-probabilities"),
        (("+task=perception", "model=gemini25_pro"), "it thinks before its first token"),
        (("+task=perception", "model=grok4"), "it thinks before its first token"),
        (("+task=degradation", "model=gpt4o"), "probabilities are the same in each of 3 votes; set task.runs=1"),
        (
            ("+task=degradation", "model=gpt4o", "task.runs=1", "task.confidence=verbal"),
            "nothing is written that could",
        ),
    ],
)
def test_models_and_tasks_without_probabilities_are_refused_in_one_line(given: Sequence[str], message: str) -> None:
    assert refusal(*given, LOGPROB).count("\n") == 0
    assert message in refusal(*given, LOGPROB)


@pytest.mark.parametrize("model", ["claude4_sonnet", "gpt5", "mistral_medium3"])
def test_a_confidence_that_the_provider_does_not_give_is_refused_before_anything_is_spent(model: str) -> None:
    assert "gives no log-probabilities" in refusal(
        "+task=degradation", f"model={model}", "task.confidence=logprob"
    ).replace("models give", "gives")


@pytest.mark.parametrize("name", ["reasoning", "comparison", "all"])
def test_free_text_is_refused(name: str) -> None:
    members = ("perception", "reasoning") if name == "all" else ()
    task = TaskSettings(name=name, members=members, scoring="logprob")  # type: ignore[arg-type]
    with pytest.raises(ConfigError, match="asks for free text, which has no options"):
        check_scoring(task, ModelSettings(kind="litellm", id="openai/gpt-4o"))


def test_permutations_without_probabilities_are_refused() -> None:
    assert "add task.scoring=logprob" in refusal("+task=perception", "model=gpt4o", CYCLIC)


def refusal(*arguments: str) -> str:
    """The message of `ConfigError`, of a run as of its plan; no model is called, and no credential is looked for."""
    said = []
    for check in (check_run_model, plan_run):
        with initialize_config_dir(config_dir=str(CONF), version_base="1.3"), pytest.raises(ConfigError) as raised:
            check(validate(compose(config_name="config", overrides=list(arguments))))
        said.append(str(raised.value))
    assert said[0] == said[1]
    return said[0]
