"""Whole folders: the same bytes from any number of processes, resuming, failures counted."""

import json
import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from medq_tasks.degrading import folder, job
from medq_tasks.degrading.folder import degrade_folder
from medq_tasks.degrading.manifest import JOURNAL, MANIFEST
from medq_tasks.degrading.opened import open_frames
from medq_tasks.degrading.plan import Plan, parse_strengths
from medq_tasks.errors import ImageError

_SUBMIT = folder.ProcessPoolExecutor.submit
GENERAL = ("gaussian_noise", "rotation", "gaussian_blur", "brightness", "low_resolution", "movement")


def _plan(names=("gaussian_noise",), severity="L1", **changed):
    return Plan(tuple(names), parse_strengths(severity), **{"seed": 7, **changed})


def _bytes(root):
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_one_and_two_processes_write_the_same_bytes(mixed, tmp_path):
    plan = _plan(("all",), "L2")
    one = degrade_folder(mixed, tmp_path / "one", plan, processes=1)
    two = degrade_folder(mixed, tmp_path / "two", plan, processes=2)
    assert one == two
    assert _bytes(tmp_path / "one") == _bytes(tmp_path / "two")
    assert {record.state for record in one} <= {"done", "skipped"} and len(one) > 100


def test_every_result_lies_under_its_degradation_and_level_with_a_manifest(mixed, tmp_path):
    degrade_folder(mixed, tmp_path, _plan(severity="L1,0.35"))
    for level in ("L1", "0.35"):
        folder_ = tmp_path / "general.gaussian_noise" / level
        content = json.loads((folder_ / MANIFEST).read_text())
        assert (content["degradation"], content["severity"], content["plan"]["seed"]) == (
            "general.gaussian_noise", level, 7,
        )  # fmt: skip
        assert len(content["images"]) == 10
        assert all((folder_ / entry["output"]).is_file() for entry in content["images"])
    assert (folder_ / "ct/lossy.jpg.png").is_file() and (folder_ / "ct/volume_frame0002.nii.gz").is_file()


def test_level_zero_is_the_source_file_byte_for_byte(mixed, tmp_path):
    degrade_folder(mixed, tmp_path, _plan(severity="L0"))
    for name in ("ct/grey.png", "ct/CT_small.dcm", "mri/deep.tif", "mri/big", "histopathology/tissue.tiff"):
        assert (tmp_path / "general.gaussian_noise/L0" / name).read_bytes() == (mixed / name).read_bytes()


def test_depth_and_hu_are_kept(mixed, tmp_path):
    degrade_folder(mixed, tmp_path, _plan(["ct.low_dose"], modality="ct"))
    written = open_frames(tmp_path / "ct.low_dose/L1/ct/CT_small.dcm")[0].stored.astype(float)
    source = open_frames(mixed / "ct/CT_small.dcm")[0].stored
    assert 3 < (written - source).std() < 300
    assert abs((written - source).mean()) < 10


def test_a_second_run_computes_nothing_and_changes_nothing(mixed, tmp_path, monkeypatch):
    plan = _plan(severity="L1,L2")
    first = degrade_folder(mixed, tmp_path, plan)
    before = _bytes(tmp_path)
    monkeypatch.setattr(folder, "run_job", lambda _: pytest.fail("computed again"))
    assert degrade_folder(mixed, tmp_path, plan) == first
    assert _bytes(tmp_path) == before


@pytest.mark.parametrize("change", ["source", "output"])
def test_what_changed_is_computed_again(mixed, tmp_path, change):
    import shutil

    source, target = tmp_path / "in", tmp_path / "out"
    shutil.copytree(mixed / "ct", source / "ct", ignore=shutil.ignore_patterns("*.dcm", "*.gz", "*.txt"))
    degrade_folder(source, target, _plan())
    path = target / "general.gaussian_noise/L1/ct/grey.png"
    before = path.read_bytes()
    if change == "source":
        shutil.copy(source / "ct/rgb.png", source / "ct/grey.png")
    if change == "output":
        path.write_bytes(b"damaged")
    degrade_folder(source, target, _plan())
    assert (path.read_bytes() == before) == (change == "output")


def test_results_of_another_configuration_are_refused_and_kept(mixed, tmp_path):
    degrade_folder(mixed / "ct", tmp_path, _plan(modality="ct"))
    before = _bytes(tmp_path)
    with pytest.raises(ImageError, match="another configuration: expected seed 8, got 7; choose another OUT"):
        degrade_folder(mixed / "ct", tmp_path, _plan(modality="ct", seed=8))
    assert _bytes(tmp_path) == before
    degrade_folder(mixed / "ct", tmp_path, _plan(["rotation"], modality="ct", seed=8))
    assert before.items() <= _bytes(tmp_path).items()


def test_the_journal_of_a_killed_run_of_another_configuration_is_kept_too(mixed, tmp_path):
    degrade_folder(mixed / "ct/grey.png", tmp_path, _plan(modality="ct"))
    manifest = tmp_path / "general.gaussian_noise/L1" / MANIFEST
    content = json.loads(manifest.read_text())
    (tmp_path / JOURNAL).write_text(json.dumps({**content["images"][0], "plan": content["plan"]}) + "\n")
    manifest.unlink()
    before = _bytes(tmp_path)
    with pytest.raises(ImageError, match="another configuration"):
        degrade_folder(mixed / "ct/grey.png", tmp_path, _plan(modality="ct", seed=8))
    assert _bytes(tmp_path) == before


def test_results_of_other_images_stay_in_the_manifest(mixed, tmp_path):
    degrade_folder(mixed / "ct/grey.png", tmp_path, _plan(modality="ct"))
    records = degrade_folder(mixed / "ct/rgb.png", tmp_path, _plan(modality="ct"))
    assert [record.source for record in records] == ["rgb.png"]
    entries = json.loads((tmp_path / "general.gaussian_noise/L1" / MANIFEST).read_text())["images"]
    assert [entry["source"] for entry in entries] == ["grey.png", "rgb.png"]


@pytest.mark.parametrize("content", ["{", "[]", '{"plan": {}, "images": [{"a": 1}]}'])
def test_a_manifest_that_cannot_be_read_is_refused_in_one_line(mixed, tmp_path, content):
    folder_ = tmp_path / "general.gaussian_noise/L1"
    folder_.mkdir(parents=True)
    (folder_ / MANIFEST).write_text(content)
    with pytest.raises(ImageError, match="expected a manifest of `degrade`, got one that cannot be read") as caught:
        degrade_folder(mixed / "ct/grey.png", tmp_path, _plan(modality="ct"))
    assert "\n" not in str(caught.value)


def test_a_worker_that_is_killed_is_one_line_and_the_run_can_be_continued(mixed, tmp_path, monkeypatch):
    plan = _plan(GENERAL, modality="ct")
    with monkeypatch.context() as patched:
        patched.setattr(folder.ProcessPoolExecutor, "submit", lambda pool, call, job: _SUBMIT(pool, os.abort))
        with pytest.raises(ImageError, match="a worker process was killed"):
            degrade_folder(mixed / "ct", tmp_path, plan, processes=2)
    assert all(record.state == "done" for record in degrade_folder(mixed / "ct", tmp_path, plan))


def test_a_killed_run_is_continued_to_the_bytes_of_a_whole_one(mixed, tmp_path):
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    plan = _plan(GENERAL)
    degrade_folder(mixed, whole, plan)
    script = (
        "import sys; from pathlib import Path; from medq_tasks.degrading.folder import degrade_folder;"
        "from medq_tasks.degrading.plan import Plan, parse_strengths;"
        "degrade_folder(Path(sys.argv[1]), Path(sys.argv[2]), Plan(tuple(sys.argv[3:]), parse_strengths('L1'), seed=7))"
    )
    process = subprocess.Popen([sys.executable, "-c", script, str(mixed), str(killed), *GENERAL])
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not (killed / JOURNAL).is_file():
        time.sleep(0.01)
    while time.monotonic() < deadline and process.poll() is None:
        if len((killed / JOURNAL).read_text().splitlines()) > 6:
            break
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    with (killed / JOURNAL).open("a") as journal:
        journal.write('{"folder": "cut of')
    degrade_folder(mixed, killed, plan)
    assert {k: v for k, v in _bytes(killed).items() if not k.endswith(".partial")} == _bytes(whole)


def test_a_broken_file_fails_alone(mixed, tmp_path):
    source = tmp_path / "in/ct"
    source.mkdir(parents=True)
    (source / "good.png").write_bytes((mixed / "ct/grey.png").read_bytes())
    (source / "bad.png").write_bytes((mixed / "ct/grey.png").read_bytes()[:60])
    records = degrade_folder(tmp_path / "in", tmp_path / "out", _plan(modality="ct"))
    assert {record.source: record.state for record in records} == {"ct/good.png": "done", "ct/bad.png": "failed"}
    assert "bad.png" in next(record.error for record in records if record.error)


def test_colour_is_skipped_by_all_and_refused_by_name(mixed, tmp_path):
    source = mixed / "histopathology"
    skipped = degrade_folder(source, tmp_path / "a", _plan(("all",), modality="ct"))
    assert {r.state for r in skipped if r.folder.startswith("ct.")} == {"skipped"}
    named = degrade_folder(source, tmp_path / "b", _plan(["low_dose"], modality="ct"))
    assert [(r.state, "grey image" in r.error) for r in named] == [("failed", True)]


def test_results_are_not_written_over_the_images(mixed):
    with pytest.raises(ImageError, match="a folder apart"):
        degrade_folder(mixed, mixed, _plan())


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "a.png"
    path.write_bytes(b"old")
    monkeypatch.setattr(job.Path, "replace", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        job.write_whole(path, b"new")
    assert path.read_bytes() == b"old"


def test_all_slices_of_a_volume_are_degraded_each_for_itself(mixed, tmp_path):
    records = degrade_folder(mixed / "ct/volume.nii.gz", tmp_path, _plan(modality="ct", frame="all"))
    assert [record.frame for record in records] == [0, 1, 2, 3]
    names = [record.output for record in records]
    assert names == [f"volume_frame{k:04d}.nii.gz" for k in range(4)]
    first, second = (open_frames(tmp_path / records[k].folder / names[k])[0].stored for k in (0, 1))
    assert not np.array_equal(first, second - 5)
