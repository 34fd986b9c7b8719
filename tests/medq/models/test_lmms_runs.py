"""Whole runs with open weights in this process, by the command that a user types."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from medq.__main__ import main
from medq.models.local.engine import Engine
from tests.tiny_models import tiny

pytestmark = pytest.mark.local
OPTIONS = {"qwen2_5_vl": "qwen72b", "internvl": "internvl38b", "gemma3": "medgemma27b", "llava": "bimedix2"}


def command(family: str, folder: Path, *more: str) -> list[str]:
    return [
        f"model={OPTIONS[family]}",
        f"model.path={tiny(family)}",
        "hardware=cpu",
        "model.max_tokens=12",
        f"run.dir={folder}",
        f"run.root={folder.parent}",
        *more,
    ]


def rows(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "samples.jsonl").read_text().splitlines()]


@pytest.mark.parametrize("family", sorted(OPTIONS))
def test_perception_reasoning_and_comparison_in_one_run(family: str, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    more = ("judge=rules", "data=sample", "run.limit=2", "hardware.batch_size=3", "run.keep_images=false")
    assert main(["+task=all", *command(family, folder, *more)]) == 0
    found = rows(folder)
    assert [row["task"] for row in found] == ["perception"] * 2 + ["reasoning"] * 2 + ["comparison"] * 2
    for row in found:
        assert row["error"] is None
        assert row["tokens_out"] >= 1
        seen = row["notes"]["processor"]
        assert seen["pixels_identical"] is True
        assert len(seen["images"]) == (2 if row["task"] == "comparison" else 1)
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["calls"]["processor"]["bit_identical"] == manifest["calls"]["processor"]["images"] == 8
    assert manifest["state"] == "complete"


def test_a_run_that_is_complete_loads_no_weights_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "run"
    arguments = ["+task=perception", *command("llava", folder, "run.limit=3", "run.keep_images=false")]
    assert main(arguments) == 0
    before = rows(folder)

    def refuse(*_args: object) -> object:
        raise AssertionError("a question was asked again")

    monkeypatch.setattr(Engine, "answer", refuse)
    monkeypatch.setattr("medq.models.lmms.open_engine", refuse)
    assert main(arguments) == 0
    assert rows(folder) == before


def test_batches_of_one_and_of_four_give_the_same_rows(tmp_path: Path) -> None:
    found = []
    for size in (1, 4):
        folder = tmp_path / str(size)
        more = (f"hardware.batch_size={size}", "run.limit=6", "run.keep_images=false", "run.resume=false")
        assert main(["+task=perception", *command("qwen2_5_vl", folder, *more)]) == 0
        found.append([{key: value for key, value in row.items() if key != "latency_s"} for row in rows(folder)])
    assert found[0] == found[1]


def test_the_users_command_killed_and_typed_again_asks_nothing_twice_and_prints_nothing_of_the_libraries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "run"
    arguments = ["+task=perception", *command("qwen2_5_vl", folder, "run.limit=12", "run.keep_images=false")]
    kept = killed_after(2, arguments, folder, tmp_path / "stderr")
    said = (tmp_path / "stderr").read_text().replace("\r", "\n").splitlines()
    assert [line for line in said if line.strip() and "qwen72b: " not in line] == []
    asked: list[str] = []
    honest = Engine.answer

    def answer(self: Engine, requests: Any) -> Any:
        asked.extend(request.item.id for request in requests)
        return honest(self, requests)

    monkeypatch.setattr(Engine, "answer", answer)
    assert main(arguments) == 0
    assert len(kept) >= 2
    assert sorted([*kept, *asked]) == sorted(row["id"] for row in rows(folder))


def killed_after(answers: int, arguments: list[str], folder: Path, stderr: Path) -> list[str]:
    """The items whose answers the journal held when the command was killed with SIGKILL."""
    with stderr.open("w") as lines:
        process = subprocess.Popen([sys.executable, "-m", "medq", *arguments], stderr=lines, stdout=lines)
        try:
            while len(journalled(folder)) < answers and process.poll() is None:
                time.sleep(0.02)
        finally:
            process.kill()
            process.wait()
    return journalled(folder)


def journalled(folder: Path) -> list[str]:
    try:
        with closing(sqlite3.connect(f"file:{folder / 'journal.sqlite'}?mode=ro", uri=True)) as journal:
            return [item for (item,) in journal.execute("SELECT item FROM answers")]
    except sqlite3.OperationalError:  # not made yet
        return []


def test_a_class_that_sends_jpeg_ends_the_run_with_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = command("gemma3", tmp_path / "run", "model.local.model=gemma3")
    assert main(["+task=perception", *arguments]) == 2
    (line,) = capsys.readouterr().err.strip().splitlines()
    assert "JPEG of quality 85" in line
    assert line.endswith("use huggingface")


def test_without_the_extra_the_run_ends_with_the_command_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("medq.models.local.installed.find_spec", lambda name: None)
    arguments = command("llava", tmp_path / "run", "run.limit=2", "run.keep_images=false")
    assert main(["+task=perception", *arguments]) == 2
    line = capsys.readouterr().err.strip().splitlines()[-1]
    assert "which is not installed: run `make local`" in line
    assert not (tmp_path / "run").exists()
