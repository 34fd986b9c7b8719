"""One, two and seven shards write the same bytes, through the user's command."""

from __future__ import annotations

import csv
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from medq.shards import shard_of
from tests.medq.run.conftest import png

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Items = Callable[[int], Path]
FILES = ("results.json", "samples.jsonl")


def replayed(tmp_path: Path, items: int) -> tuple[str, ...]:
    """Answers to all items but the last, and to one that no item asks."""
    path = tmp_path / "answers.tsv"
    rows = "".join(f"q{n}\t{'ABC'[n * n % 3]}\n" for n in (*range(items - 1), 999))
    path.write_text("index\tprediction\n" + rows)
    return ("model=replay", f"model.path={path}", "run.max_error_rate=0.5")


@pytest.mark.parametrize("kind", ["replay", "random", "iqa"])
def test_one_two_and_seven_shards_write_the_same_bytes(tmp_path: Path, items_file: Items, medq: Run, kind: str) -> None:
    if kind == "replay":
        asked = ("+task=perception", "data=local", f"data.path={items_file(30)}", *replayed(tmp_path, 30))
    elif kind == "random":
        asked = ("+task=all", "model=random", "task.runs=2", "judge.swap=true")
    else:
        asked = ("+task=perception", "data=local", f"data.path={items_file(20)}", "model=iqa")
    written, notes = set(), set()
    for count in (1, 2, 7):
        run_dir = tmp_path / f"{kind}-{count}"
        done = medq(*asked, f"run.dir={run_dir}", f"hardware.shards={count}", "run.keep_images=false")
        assert done.returncode == 0, done.stderr
        written.add(tuple((run_dir / name).read_bytes() for name in FILES))
        manifest = json.loads((run_dir / "manifest.json").read_text())
        notes.add(tuple(manifest["notes"]))
        assert len(manifest.get("shards", {"ends": [None]})["ends"]) == count
    assert len(written) == 1
    assert len(notes) == 1


def test_of_two_equal_questions_in_two_shards_the_first_one_s_answer_counts(tmp_path: Path, medq: Run) -> None:
    first, second = next(
        (f"q{a}", f"q{b}")
        for a in range(9)
        for b in range(9)
        if a != b and shard_of("perception", f"q{a}", 2) == 1 and shard_of("perception", f"q{b}", 2) == 0
    )
    items, answers = tmp_path / "items.jsonl", tmp_path / "answers.tsv"
    plain = {"image": png(3), "question": "How noisy?", "A": "Not", "B": "Very", "answer": "A"}
    items.write_text("".join(json.dumps({"index": index, **plain}) + "\n" for index in (first, second)))
    with answers.open("w", newline="") as file:
        csv.writer(file, delimiter="\t").writerows([("index", "prediction"), (first, "A"), (second, "B")])
    for count in (1, 2):
        asked = ("+task=perception", "data=local", f"data.path={items}", "model=replay", f"model.path={answers}")
        done = medq(*asked, f"run.dir={tmp_path / str(count)}", f"hardware.shards={count}")
        assert done.returncode == 0, done.stderr
    rows = (tmp_path / "2" / "samples.jsonl").read_text()
    assert [json.loads(row)["prediction"] for row in rows.splitlines()] == ["A", "A"]
    assert rows == (tmp_path / "1" / "samples.jsonl").read_text()
