"""What a model gets of an image, through the user's command."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from medq.faultserver import serve

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def encoded(pixels: np.ndarray[Any, Any], kind: str) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, kind, **({"quality": 90} if kind == "JPEG" else {}))
    return buffer.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Callable[[dict[str, bytes]], Path]:
    """A TSV beside image files, one question a file."""

    def write(files: dict[str, bytes]) -> Path:
        with (tmp_path / "items.tsv").open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file, delimiter="\t")
            rows.writerow(("index", "image_path", "question", "A", "B", "answer"))
            for name, data in files.items():
                (tmp_path / name).write_bytes(data)
                rows.writerow((name, name, f"Is {name} sharp?", "Yes", "No", "A"))
        return tmp_path / "items.tsv"

    return write


def test_the_server_gets_the_very_bytes_of_the_file(tmp_path: Path, folder: Callable[..., Path], medq: Run) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (64, 48, 3), dtype=np.uint8)
    files = {"a.png": encoded(noise, "PNG"), "b.jpg": encoded(noise, "JPEG"), "c.bmp": encoded(noise, "BMP")}
    run_dir = tmp_path / "run"
    with serve() as server:
        done = medq(
            "+task=perception", "data=local", f"data.path={folder(files)}", "model=openai_compatible", "model.id=m",
            f"model.api_base={server.url}", "model.concurrency=1", f"run.dir={run_dir}",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        last = json.dumps(server.server.last_body)
    assert "images sent bit-identical: 2/3" in done.stdout
    rows = {row["id"]: row["images"][0] for row in map(json.loads, (run_dir / "samples.jsonl").open())}
    for name in ("a.png", "b.jpg"):
        digest = hashlib.sha256(files[name]).hexdigest()
        assert rows[name]["sha256"] == rows[name]["sent_sha256"] == digest
    assert (rows["c.bmp"]["sent_format"], rows["c.bmp"]["lossless"]) == ("png", True)
    kept = run_dir / "images" / f"{rows['c.bmp']['sent_sha256']}.png"
    assert np.array_equal(np.asarray(Image.open(kept)), noise)
    assert base64.b64encode(kept.read_bytes()).decode() in last


def test_sixteen_bits_need_a_declared_window(tmp_path: Path, folder: Callable[..., Path], medq: Run) -> None:
    deep = np.random.default_rng(1).integers(0, 4096, (32, 32)).astype(np.uint16)
    items = folder({f"deep{n}.png": encoded(deep + n, "PNG") for n in range(6)})
    common = ("+task=perception", "data=local", f"data.path={items}", "model=random")
    refused = medq(*common, f"run.dir={tmp_path / 'refused'}")
    assert refused.returncode == 2
    assert "data.window" in refused.stderr
    windowed = medq(*common, "data.window='0,4095'", f"run.dir={tmp_path / 'windowed'}")
    assert windowed.returncode == 0, windowed.stderr
    assert "mapped to 8 bits by a declared window: 6" in windowed.stdout
    assert "bit-identical: 0/6" in windowed.stdout
    (row, *_) = map(json.loads, (tmp_path / "windowed" / "samples.jsonl").open())
    image = row["images"][0]
    assert (image["bit_depth"], image["lossless"]) == (16, False)
    assert (image["window"]["low"], image["window"]["high"]) == (0, 4095)


def test_a_broken_image_is_an_error_of_its_row(tmp_path: Path, folder: Callable[..., Path], medq: Run) -> None:
    good = encoded(np.zeros((8, 8), np.uint8), "PNG")
    items = folder({"good.png": good, "cut.png": good[:-20]})
    done = medq("+task=perception", "data=local", f"data.path={items}", "model=random", f"run.dir={tmp_path / 'run'}")
    assert done.returncode == 3
    rows = {row["id"]: row for row in map(json.loads, (tmp_path / "run" / "samples.jsonl").open())}
    assert (rows["cut.png"]["state"], rows["good.png"]["state"]) == ("error", "scored")
    assert "cut.png" in rows["cut.png"]["error"]
    accuracy = json.loads((tmp_path / "run" / "results.json").read_text())["metrics"]["accuracy"]
    assert (accuracy["n"], accuracy["n_error"]) == (1, 1)
