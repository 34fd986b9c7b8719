"""Input that cannot be used, through the command as a user types it: one line, exit code 2, nothing lost."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

RNG = np.random.default_rng(0)
GREY = RNG.integers(0, 255, (32, 32), dtype=np.uint8)
COLOUR = RNG.integers(0, 255, (32, 32, 3), dtype=np.uint8)
LOW_DOSE = ["--modality", "ct", "--degradation", "low_dose"]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of images for each kind of bad input, and one of good ones."""
    import nibabel
    import tifffile

    root = tmp_path_factory.mktemp("bad")
    for name in ("good", "one", "nan", "nan_volume", "colour", "text", "cut", "empty", "nameless"):
        (root / name).mkdir()
    Image.fromarray(GREY).save(root / "good/a.png")
    Image.fromarray(GREY[:1, :1]).save(root / "one/a.png")
    holed = RNG.random((32, 32), dtype=np.float32)
    holed[3, 4] = np.nan
    tifffile.imwrite(root / "nan/a.tif", holed)
    nibabel.save(nibabel.Nifti1Image(np.dstack([holed] * 3), np.eye(4)), root / "nan_volume/a.nii")
    Image.fromarray(COLOUR).save(root / "colour/a.png")
    (root / "text/a.png").write_text("no image at all")
    (root / "cut/a.png").write_bytes((root / "colour/a.png").read_bytes()[:900])
    Image.fromarray(GREY).save(root / "nameless/a.png")
    return root


def _degrade(*words: object) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "medq_tasks", "degrade", *map(str, words)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "COLUMNS": "80"}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


@pytest.mark.parametrize(
    ("folder", "words", "said"),
    [
        ("one", LOW_DOSE, "a.png: image: expected at least 8 x 8 px, got 1 x 1; take a larger image"),
        ("one", ["--modality", "ct"], "a.png: image: expected at least 8 x 8 px, got 1 x 1; take a larger image"),
        ("nan", LOW_DOSE, "a.tif: expected finite values, got 1 NaN or infinite of 1024; replace them"),
        ("nan_volume", LOW_DOSE, "a.nii: expected finite values, got 1 NaN or infinite of 1024; replace them"),
        ("colour", LOW_DOSE, "needs a grey image (H, W), got a colour image (32, 32, 3); convert it to grey first"),
        ("text", LOW_DOSE, "expected an image (png, jpeg, webp, gif, bmp, tiff, dicom, nifti), got 15 bytes"),
        ("cut", LOW_DOSE, "expected a whole PNG file, got one that is cut off"),
        ("nameless", ["--degradation", "low_dose"], "its modality is unknown; give --modality"),
        ("empty", LOW_DOSE, "or DICOM without an ending), found none"),
        ("nowhere", LOW_DOSE, "expected a folder of images or an image file, found nothing there"),
        ("good", ["--modality", "mri", "--degradation", "low_dose"], "apply to modality 'mri'; it applies to: ct"),
        ("good", ["--modality", "pet"], "unknown modality 'pet'; expected one of: ct, mri"),
        ("good", ["--modality", "ct", "--degradation", "low_dosis"], "unknown degradation 'low_dosis'; did you mean:"),
        ("good", [*LOW_DOSE, "--severity", "1.2"], "a severity must lie in [0, 1], got 1.2"),
        ("good", ["--modality", "ct", "--severity", "L7"], "unknown level 'L7'; its levels are: L0, L1, L2"),
        ("good", ["--modality", "ct", "--set", "photon=3"], "no degradation has the parameters photon; did you mean:"),
        ("good", [*LOW_DOSE, "--set", "photon=3"], "unknown parameter 'photon'; did you mean: photons"),
        ("good", ["--modality", "ct", "--degradation", "all,ring"], "expected names or `all` alone"),
        ("good", [*LOW_DOSE, "--frame", "7"], "frame"),
    ],
)  # fmt: skip
def test_it_is_one_line_and_exit_code_2(folders, tmp_path, folder, words, said):
    done = _degrade(folders / folder, tmp_path / "out", *words)
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not list((tmp_path / "out").rglob("a*"))


def test_an_empty_image_is_named_and_the_others_are_degraded(tmp_path, folders):
    (tmp_path / "in").mkdir()
    Image.fromarray(np.full((32, 32), 90, np.uint8)).save(tmp_path / "in/a.png")
    alone = _degrade(tmp_path / "in", tmp_path / "alone", *LOW_DOSE)
    assert alone.returncode == 2
    assert "expected an image, got 1024 equal values (90); take the file out" in alone.stderr
    assert len(alone.stderr.strip().splitlines()) == 1
    noise = np.random.default_rng(0).integers(0, 255, (32, 32), np.uint8)
    Image.fromarray(noise).save(tmp_path / "in/b.png")
    both = _degrade(tmp_path / "in", tmp_path / "both", *LOW_DOSE)
    assert both.returncode == 3
    assert "2 failed" in both.stdout
    assert {path.name for path in (tmp_path / "both").rglob("*.png")} == {"b.png"}


@pytest.mark.parametrize("out", ["file", "configuration"])
def test_an_out_that_holds_something_else_is_refused_and_kept(folders, tmp_path, out):
    target = tmp_path / "out"
    if out == "file":
        target.write_text("mine")
    else:
        assert _degrade(folders / "good", target, *LOW_DOSE).returncode == 0
    before = {path: path.read_bytes() for path in [target, *target.rglob("*")] if path.is_file()}
    done = _degrade(folders / "good", target, *LOW_DOSE, "--seed", "8")
    assert done.returncode == 2
    assert "choose another OUT" in done.stderr and len(done.stderr.splitlines()) == 1
    assert {path: path.read_bytes() for path in [target, *target.rglob("*")] if path.is_file()} == before


def test_one_and_two_processes_of_the_command_write_the_same_bytes(mixed, tmp_path):
    words = ["--degradation", "all", "--severity", "L1,L2", "--seed", "7", "--processes"]
    for processes in (1, 2):
        done = _degrade(mixed / "mri", tmp_path / str(processes), *words, processes)
        assert (done.returncode, done.stderr) == (0, "")
    written = [
        {path.relative_to(tmp_path / n): path.read_bytes() for path in (tmp_path / n).rglob("*") if path.is_file()}
        for n in ("1", "2")
    ]
    assert written[0] == written[1] and len(written[0]) > 100
