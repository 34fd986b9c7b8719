"""Small files of items with real PNGs, and `python -m medq` as a process of its own."""

from __future__ import annotations

import base64
import csv
import io
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PIL import Image

COLUMNS = ("index", "image", "question", "A", "B", "C", "answer", "modality", "question_type", "degradation_level")


def png(shade: int) -> str:
    """A distinct 40 × 40 PNG a number, in base64."""
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
                rows.writerow(
                    (f"q{n}", png(n), f"How noisy is image {n}?", *options, "ABC"[n % 3], "ct", "how", "mild")
                )
        return path

    return write


@pytest.fixture
def start(tmp_path: Path) -> Callable[..., subprocess.Popen[str]]:
    """Starts `python -m medq` with the arguments, in a folder of the test's own."""

    def run(*arguments: str | Path, environment: dict[str, str] | None = None) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "medq", *map(str, arguments)]
        environment = {**os.environ, "OPENAI_API_KEY": "sk-test-not-a-key", **(environment or {})}
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen(command, text=True, cwd=tmp_path, env=environment, **pipes)  # type: ignore[call-overload]

    return run


@pytest.fixture
def medq(start: Callable[..., subprocess.Popen[str]]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs `python -m medq` to its end."""

    def run(*arguments: str | Path, **keywords: dict[str, str]) -> subprocess.CompletedProcess[str]:
        process = start(*arguments, **keywords)
        out, err = process.communicate(timeout=180)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    return run


def api_arguments(url: str, path: Path, *more: str) -> Sequence[str]:
    """A perception run on a local file against a local server."""
    model = ("model=openai_compatible", "model.id=tested", f"model.api_base={url}")
    return ("+task=perception", *model, "data=local", f"data.path={path}", *more)


@pytest.fixture
def arguments() -> Callable[..., Sequence[str]]:
    return api_arguments
