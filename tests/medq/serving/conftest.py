"""`python -m medq` with a `vllm` on its PATH that is a stand-in, and a file of what that one saw."""

from __future__ import annotations

import base64
import csv
import io
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

STAND_IN = Path(__file__).with_name("stand_in.py")
COLUMNS = ("index", "image", "question", "A", "B", "C", "answer", "modality", "question_type", "degradation_level")
DEADLINE_S = 60.0


@dataclass(frozen=True)
class Engine:
    """The stand-in on PATH: `folder` holds its program, `file` what it noted."""

    folder: Path
    file: Path

    def notes(self, word: str) -> list[list[str]]:
        lines = self.file.read_text().splitlines() if self.file.exists() else []
        return [line.split()[1:] for line in lines if line.split()[0] == word]

    def processes(self) -> list[int]:
        return [int(number) for started in self.notes("processes") for number in started]

    def environment(self, mode: str = "") -> dict[str, str]:
        path = f"{self.folder}{os.pathsep}{os.environ['PATH']}"
        return {"PATH": path, "STAND_IN_FILE": str(self.file), "STAND_IN_MODE": mode, "OMP_NUM_THREADS": "1"}


def until(condition: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + DEADLINE_S
    while not condition():
        assert time.monotonic() < end, f"waited too long: {what}"
        time.sleep(0.02)


def alive(process: int) -> bool:
    """Whether the process is there and more than a zombie."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.fixture
def wait_until() -> Callable[[Callable[[], bool], str], None]:
    return until


@pytest.fixture
def is_alive() -> Callable[[int], bool]:
    return alive


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    folder = tmp_path / "bin"
    folder.mkdir()
    programs = {
        "vllm": f'exec "{sys.executable}" "{STAND_IN}" "$@"',
        "nvidia-smi": "echo 0, GPU-aa, NVIDIA H100, 81559",
    }
    for name, line in programs.items():
        (folder / name).write_text(f"#!/bin/sh\n{line}\n")
        (folder / name).chmod(0o755)
    return Engine(folder, tmp_path / "engine.txt")


def png(shade: int) -> str:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 40), (shade % 256, shade // 256, 7)).save(buffer, "PNG")
    return base64.b64encode(buffer.getvalue()).decode()


@pytest.fixture
def items_file(tmp_path: Path) -> Callable[[int], Path]:
    """Writes a TSV of n perception items, each with an image and a question of its own."""

    def write(count: int) -> Path:
        path = tmp_path / f"items_{count}.tsv"
        with path.open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file, delimiter="\t")
            rows.writerow(COLUMNS)
            for n in range(count):
                options = ("None", "Mild", "Severe")
                rows.writerow((f"q{n}", png(n), f"How noisy is {n}?", *options, "ABC"[n % 3], "ct", "how", "mild"))
        return path

    return write


@pytest.fixture
def start(tmp_path: Path, engine: Engine, items_file: Callable[[int], Path]) -> Callable[..., subprocess.Popen[str]]:
    """Starts a run of `count` items with `hardware=vllm`, in `tmp_path / "run"`."""

    def run(*more: str, count: int = 12, mode: str = "") -> subprocess.Popen[str]:
        data = ("data=local", f"data.path={items_file(count)}", f"run.dir={tmp_path / 'run'}")
        arguments = ("+task=perception", "model=qwen7b", "hardware=vllm", *data, *more)
        return subprocess.Popen(
            [sys.executable, "-m", "medq", *arguments],
            text=True, cwd=tmp_path, env={**os.environ, **engine.environment(mode)},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    return run


@pytest.fixture
def medq(start: Callable[..., subprocess.Popen[str]]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs it to its end."""

    def run(*more: str, **keywords: int | str) -> subprocess.CompletedProcess[str]:
        process = start(*more, **keywords)
        out, err = process.communicate(timeout=120)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    return run
