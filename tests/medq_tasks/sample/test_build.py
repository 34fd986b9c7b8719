"""Building: the same bytes every time, once, and nothing half built."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from medq_tasks.data import validate
from medq_tasks.errors import DataError
from medq_tasks.sample import FILES, build, sample_file, sample_files


@pytest.mark.parametrize("task", ["perception", "degradation"])
def test_the_build_command_makes_the_very_files_that_are_served(task: str, tmp_path: Path) -> None:
    spec = build.SPEC if task == "perception" else build.DEGRADATION_SPEC
    out = tmp_path / "built"
    command = [sys.executable, "-m", "medq_tasks", "build", str(spec), "--out", str(out)]
    done = subprocess.run(
        command, env=os.environ | {"PYTHONHASHSEED": "3"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    served = sample_files(task, "test")[0].parent
    assert (out / "SHA256SUMS").read_bytes() == (served / "SHA256SUMS").read_bytes()
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=served, check=True)


@pytest.mark.parametrize("split", build.SPLITS)
@pytest.mark.parametrize("task", FILES)
def test_every_file_validates_with_all_its_images(task: str, split: str) -> None:
    checked = validate(sample_file(task, split), task=task)
    assert checked.ok and checked.rows, checked.problems


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


def test_versions_that_nothing_asks_for_any_more_make_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDQ_CACHE", str(tmp_path))
    monkeypatch.setattr(build, "build_sample", lambda folder: (folder / "card.md").write_text("built"))
    days = {"forgotten": build.UNUSED_DAYS + 1, "used": build.UNUSED_DAYS - 1}
    for name, age in days.items():
        (tmp_path / "sample" / name).mkdir(parents=True)
        (tmp_path / "sample" / name / "card.md").write_text(name)
        os.utime(tmp_path / "sample" / name, (0, time.time() - age * 24 * 3600))
    folder = build.sample_folder()
    assert {path.name for path in (tmp_path / "sample").iterdir() if path.is_dir()} == {"used", folder.name}
    os.utime(folder, (0, 0))
    assert build.sample_folder().stat().st_mtime > time.time() - 60


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
