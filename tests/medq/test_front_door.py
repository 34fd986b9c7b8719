"""The user's command on open weights, killed and gone on with, against lmms-eval's own command line on the same."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from medq_tasks.lmms.sample_log import replay_rows
from medq_tasks.task_yaml import task_file
from tests.tiny_models import tiny

pytestmark = [pytest.mark.local, pytest.mark.timeout(900)]
TASKS = ("perception", "reasoning", "comparison")
LIMIT = 12
MAX_TOKENS = 12
STAND_INS = Path(__file__).parent / "stand_ins"
OFFLINE = {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "OMP_NUM_THREADS": "1", "MEDQ_JUDGE": "rules"}
SEED = 6


def lettered(folder: Path) -> Path:
    """A tiny Qwen2.5-VL that mostly says a letter and ends, so that some of its answers can be read.

    What follows a letter is made certain by a direction that the letters' embeddings share; which letter is said, and
    whether one is, is left to the random network, and so to the question and its images.
    """
    import torch
    from safetensors.torch import load_file, save_file
    from transformers import AutoTokenizer

    shutil.copytree(tiny("qwen2_5_vl"), folder)
    weights = load_file(folder / "model.safetensors")
    tokenizer = AutoTokenizer.from_pretrained(folder)
    letters = tokenizer.convert_tokens_to_ids(list("AB"))
    end = tokenizer.convert_tokens_to_ids("<|im_end|>")
    head, embedding = weights["lm_head.weight"], weights["model.embed_tokens.weight"]
    generator = torch.Generator().manual_seed(SEED)
    shared = torch.nn.functional.normalize(torch.randn(head.shape[1], generator=generator), dim=0)
    rows = 2.5 * torch.randn(len(letters), head.shape[1], generator=generator)
    head[letters] = rows - (rows @ shared)[:, None] * shared
    head[end] = 2 * shared
    embedding[letters] += 60 * shared
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    return folder


def start(folder: Path, cwd: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "medq", "+task=all", "model=qwen72b", f"model.path={folder}", "hardware=cpu"]
    command += [f"model.max_tokens={MAX_TOKENS}", f"run.limit={LIMIT}", "run.dir=run", "judge=rules"]
    environment = {**os.environ, **OFFLINE}
    return subprocess.Popen(
        command, cwd=cwd, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def stored(journal: Path) -> dict[str, tuple[float, str]]:
    """The answers in the journal by key, each with the time at which it was written."""
    if not journal.is_file():
        return {}
    with sqlite3.connect(f"file:{journal}?mode=ro", uri=True) as connection:
        try:
            found = connection.execute("SELECT key, created, record FROM answers").fetchall()
        except sqlite3.OperationalError:  # its tables are not made yet
            return {}
    return {key: (created, record) for key, created, record in found}


def killed_and_gone_on_with(folder: Path, cwd: Path) -> dict[str, tuple[float, str]]:
    """Runs the command to its end, with a SIGKILL on the way; returns the answers that were stored by then."""
    first = start(folder, cwd)
    while len(stored(cwd / "run" / "journal.sqlite")) < 5:
        assert first.poll() is None, first.communicate()[1]
        time.sleep(0.01)
    first.send_signal(signal.SIGKILL)
    first.communicate()
    before = stored(cwd / "run" / "journal.sqlite")
    second = start(folder, cwd)
    errors = second.communicate(timeout=240)[1]
    assert second.returncode == 0, errors
    return before


def lmms_eval(folder: Path, cwd: Path) -> tuple[dict[str, Any], dict[str, str]]:
    """The results and the answers, by task and item, of lmms-eval with its own class for these weights."""
    model = f"pretrained={folder},device=cpu,device_map=cpu"
    command = [str(Path(sys.executable).parent / "lmms-eval"), "--model", "qwen2_5_vl", "--model_args", model]
    command += ["--include_path", str(task_file("perception", "test").parents[1]), "--limit", str(LIMIT)]
    command += [
        "--tasks",
        ",".join(f"medq_{task}_test" for task in TASKS),
        "--gen_kwargs",
        f"max_new_tokens={MAX_TOKENS}",
    ]
    command += ["--log_samples", "--output_path", "out"]
    paths = {
        "PYTHONPATH": str(STAND_INS),
        "LMMS_EVAL_DATASETS_CACHE": str(cwd / "data"),
    }
    environment = {**os.environ, **OFFLINE, **paths}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    files = list((cwd / "out").rglob("*results.json"))
    assert len(files) == 1, done.stdout[-3000:] + done.stderr[-3000:]
    answers = {
        f"{task}/{row['index']}": row["prediction"]
        for task in TASKS
        for log in (cwd / "out").rglob(f"*_samples_medq_{task}_test.jsonl")
        for row in replay_rows(log)
    }
    return json.loads(files[0].read_text(encoding="utf-8"))["results"], answers


@pytest.mark.long
def test_a_killed_run_ends_with_the_answers_and_scores_of_lmms_evals_own_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MEDQ_DATA", raising=False)
    folder = lettered(tmp_path / "weights")
    before = killed_and_gone_on_with(folder, tmp_path)
    results, answers = lmms_eval(folder, tmp_path)
    rows = [json.loads(line) for line in (tmp_path / "run" / "samples.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {f"{row['task']}/{row['id']}": row["response"] for row in rows} == answers
    assert len(answers) == len(rows) == LIMIT * len(TASKS)
    letters = [row["response"] for row in rows if row["task"] == "perception" and row["state"] == "scored"]
    assert len(set(letters)) > 1, "the weights say the same to every question: nothing is compared"
    ours = json.loads((tmp_path / "run" / "results.json").read_text(encoding="utf-8"))["metrics"]
    assert results["medq_perception_test"]["accuracy,none"] == ours["perception.accuracy"]["value"]
    for name, metric in ours.items():
        task, _, axis = name.partition(".")
        if metric["value"] is not None:
            assert results[f"medq_{task}_test"][f"{axis},none"] == pytest.approx(metric["value"], abs=1e-12), name
    after = stored(tmp_path / "run" / "journal.sqlite")
    assert 5 <= len(before) < len(after) == len(rows)
    assert {key: after[key] for key in before} == before
    manifest = json.loads((tmp_path / "run" / "manifest.json").read_text(encoding="utf-8"))
    assert len(manifest["sessions"]) == 2
