"""The command as it is typed."""

import shutil

import numpy as np
import pytest
from PIL import Image

from medq_tasks.__main__ import main


def test_the_documented_command_writes_one_file_an_input_and_level(mixed, tmp_path, capsys):
    arguments = ["--modality", "ct", "--degradation", "low_dose", "--severity", "L1,L2", "--seed", "7"]
    assert main(["degrade", str(mixed / "ct"), str(tmp_path), *arguments, "--processes", "2"]) == 0
    for level in ("L1", "L2"):
        assert (tmp_path / "ct.low_dose" / level / "grey.png").is_file()
    assert "12 written, 0 not applicable, 0 failed" in capsys.readouterr().out


def test_a_parameter_can_be_set(mixed, tmp_path):
    import json

    arguments = ["--degradation", "ct.ring", "--severity", "L1", "--set", "gain_sd=0.5", "views=60"]
    assert main(["degrade", str(mixed / "ct/grey.png"), str(tmp_path), "--modality", "ct", *arguments]) == 0
    entry = json.loads((tmp_path / "ct.ring/L1/manifest.json").read_text())["images"][0]
    assert entry["meta"]["parameters"]["gain_sd"] == 0.5 and entry["meta"]["parameters"]["views"] == 60


def test_images_that_fail_beside_others_give_exit_code_3_and_a_line_each(mixed, tmp_path, capsys):
    (tmp_path / "in").mkdir()
    for name in ("ct/grey.png", "histopathology/tissue.tiff"):
        shutil.copy(mixed / name, tmp_path / "in")
    arguments = ["--modality", "ct", "--degradation", "low_dose"]
    assert main(["degrade", str(tmp_path / "in"), str(tmp_path / "out"), *arguments]) == 3
    said = capsys.readouterr()
    assert said.err.splitlines() == [
        "tissue.tiff: ct.low_dose needs a grey image (H, W), got a colour image (40, 48, 3); convert it to grey first "
        "(ct.low_dose/L1 and 1 more)"
    ]
    assert "2 written, 0 not applicable, 2 failed" in said.out


def test_a_parameter_with_all_degradations_takes_those_that_have_it(mixed, tmp_path, capsys):
    arguments = ["--modality", "ct", "--severity", "L1", "--set", "photons=5e4"]
    assert main(["degrade", str(mixed / "ct/grey.png"), str(tmp_path), *arguments]) == 0
    assert {path.name for path in tmp_path.iterdir()} == {"ct.low_dose", "ct.metal"}


def test_a_volume_says_which_frame_was_taken(mixed, tmp_path, capsys):
    arguments = ["--modality", "ct", "--degradation", "ring", "--severity", "L1"]
    assert main(["degrade", str(mixed / "ct/volume.nii.gz"), str(tmp_path), *arguments]) == 0
    assert "the middle frame was taken; `--frame N` or `--frame all`" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "expected IN and OUT"),
        (["IN", "OUT", "--severity", "1.2"], "must lie in"),
        (["IN", "OUT", "--degradation", "low_dosis"], "unknown degradation"),
        (["IN", "OUT", "--window", "5"], "expected LOW,HIGH"),
        (["IN", "OUT", "--window", "5,1"], "LOW below HIGH"),
        (["IN", "OUT", "--frame", "last"], "`middle` or `all`"),
        (["IN", "OUT", "--processes", "0"], "at least 1"),
        (["nowhere", "OUT"], "found nothing there"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(mixed, tmp_path, capsys, arguments, words):
    paths = {"IN": str(mixed), "OUT": str(tmp_path / "out")}
    assert main(["degrade", *(paths.get(word, word) for word in arguments)]) == 2
    error = capsys.readouterr().err.strip()
    assert words in error and "\n" not in error


def test_the_list_names_every_degradation_with_its_parameters(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    assert main(["degrade", "--list"]) == 0
    out = capsys.readouterr().out
    assert all(id_ in out for id_ in ("ct.low_dose", "mri.ghosting", "general.rotation"))
    assert "photons 80000, 10000 (photons a detector bin)" in out


def test_a_sheet_has_a_row_an_image_and_a_column_a_severity(mixed, tmp_path):
    from medq_tasks.degrading.sheet import LABEL_PX, TILE_PX

    file = tmp_path / "sheet.png"
    arguments = ["--modality", "ct", "--degradation", "low_dose", "--severity", "L0,L1,L2", "--sheet", str(file)]
    assert main(["degrade", str(mixed / "ct"), *arguments]) == 0
    picture = np.asarray(Image.open(file))
    assert picture.shape == (6 * TILE_PX + LABEL_PX, 3 * TILE_PX, 3)
    clean, severe = picture[LABEL_PX : LABEL_PX + TILE_PX, :TILE_PX], picture[LABEL_PX : LABEL_PX + TILE_PX, -TILE_PX:]
    assert not np.array_equal(clean, severe)


def test_several_degradations_give_a_sheet_each(mixed, tmp_path):
    arguments = ["--degradation", "mri.spike,mri.ghosting", "--sheet", str(tmp_path / "s.png")]
    assert main(["degrade", str(mixed / "mri"), "--modality", "mri", *arguments]) == 0
    assert {path.name for path in tmp_path.iterdir()} == {"s_mri.spike.png", "s_mri.ghosting.png"}
