"""Building: the same bytes every time, once, and nothing half built."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from medq_tasks.data import load_items
from medq_tasks.errors import DataError
from medq_tasks.sample import FILES, build, sample_file
from medq_tasks.sample.free_text import make_descriptions, make_pairs
from medq_tasks.sample.perception import make_questions
from medq_tasks.sample.table import comparison_rows, perception_rows, reasoning_rows, write_table
from medq_tasks.sample.variants import Variant

MODALITIES = {"ct", "mri", "xray", "ultrasound", "histopathology", "fundus", "endoscopy"}


@pytest.mark.parametrize("split", ["dev", "test"])
def test_another_process_writes_the_same_bytes(
    built: Path, variants: list[Variant], tmp_path: Path, split: str
) -> None:
    mine = [variant for variant in variants if variant.original.split == split]
    tables = {
        "perception": perception_rows(make_questions(mine)),
        "reasoning": reasoning_rows(make_descriptions(mine)),
        "comparison": comparison_rows(make_pairs(mine)),
    }
    for task, rows in tables.items():
        name = FILES[task].format(split=split)
        write_table(tmp_path / name, task, rows)
        assert (tmp_path / name).read_bytes() == (built / name).read_bytes()


@pytest.mark.parametrize("split", ["dev", "test"])
def test_the_official_loader_reads_every_file(built: Path, split: str) -> None:
    counts = {
        task: len(load_items(built / name.format(split=split), task=task, split=split)) for task, name in FILES.items()
    }
    assert counts["perception"] >= 90
    assert counts["reasoning"] >= 12
    assert counts["comparison"] >= 12


@pytest.mark.parametrize("split", ["dev", "test"])
def test_both_splits_hold_every_modality(built: Path, split: str) -> None:
    items = load_items(built / FILES["perception"].format(split=split), task="perception", split=split)
    assert {item.modality for item in items} == MODALITIES


def test_no_image_is_in_both_splits(built: Path) -> None:
    seen = {
        split: {
            image.read()
            for item in load_items(built / FILES["perception"].format(split=split), task="perception", split=split)
            for image in item.images
        }
        for split in ("dev", "test")
    }
    assert not seen["dev"] & seen["test"]


def test_an_unknown_task_or_split_says_what_there_is() -> None:
    with pytest.raises(DataError, match="perception, reasoning, comparison and a split of dev, test; got task 'oops'"):
        sample_file("oops", "test")
    with pytest.raises(DataError, match="split 'train'"):
        sample_file("perception", "train")


def test_it_is_built_once_and_then_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = []

    def stand_in(folder: Path) -> None:
        built.append(folder)
        (folder / "medqbench_QA_dev.tsv").write_text("made")

    monkeypatch.setenv("MEDQ_CACHE", str(tmp_path))
    monkeypatch.setattr(build, "build_sample", stand_in)
    first = sample_file("perception", "dev")
    assert first.read_text() == "made"
    assert sample_file("perception", "dev") == first
    assert len(built) == 1


def test_a_build_that_fails_leaves_no_folder_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(folder: Path) -> None:
        (folder / "half").write_text("x")
        raise OSError("disk full")

    monkeypatch.setenv("MEDQ_CACHE", str(tmp_path))
    monkeypatch.setattr(build, "build_sample", failing)
    with pytest.raises(OSError, match="disk full"):
        build.sample_folder()
    assert [path for path in (tmp_path / "sample").iterdir() if path.is_dir()] == []


SLOW_BUILD = """
import sys, time
from pathlib import Path
import medq_tasks.sample.build as build
def stand_in(folder):
    with (Path(sys.argv[1]) / "builds").open("a") as log:
        log.write("built\\n")
    time.sleep(0.5)
    (folder / "done").write_text("yes")
build.build_sample = stand_in
assert (build.sample_folder() / "done").read_text() == "yes"
"""


def test_two_processes_at_once_build_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDQ_CACHE", str(tmp_path / "cache"))
    both = [subprocess.Popen([sys.executable, "-c", SLOW_BUILD, str(tmp_path)]) for _ in range(2)]
    deadline = time.monotonic() + 120
    assert [process.wait(timeout=deadline - time.monotonic()) for process in both] == [0, 0]
    assert (tmp_path / "builds").read_text().splitlines() == ["built"]
