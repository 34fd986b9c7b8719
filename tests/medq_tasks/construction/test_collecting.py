import shutil
from pathlib import Path

import numpy as np
import pydicom
import pytest
from PIL import Image
from pydicom.data import get_testdata_file

from medq_tasks.construction.collecting import collect
from medq_tasks.construction.source import Preparation, Source
from medq_tasks.construction.spec import BuildSpec, Picture
from medq_tasks.errors import DataError, ImageError


def collected(folder: Path, *sources: Source):
    return collect(BuildSpec(name="own", sources=sources), folder, folder / "state")


def save(path: Path, seed: int, side: tuple[int, int] = (48, 64)) -> None:
    Image.fromarray(np.random.default_rng(seed).integers(0, 255, side, dtype=np.uint8)).save(path)


def test_files_of_one_patient_are_one_study_whatever_their_uids(tmp_path):
    header = pydicom.dcmread(str(get_testdata_file("CT_small.dcm")))
    for number in (1, 2, 3):
        header.PatientID = "one" if number < 3 else "other"
        header.StudyInstanceUID = header.SOPInstanceUID = f"1.2.3.{number}"
        header.save_as(tmp_path / f"{number}.dcm")
    found = collected(tmp_path, Source(path="*.dcm", window="-160,240"))
    studies = [original.study for original in found.originals]
    assert studies[0] == studies[1] != studies[2]
    assert not any(word in "".join(studies) for word in ("one-", "1.2.3"))


def test_the_specs_own_study_comes_first_and_a_file_without_a_header_is_its_own(tmp_path):
    for seed in (1, 2):
        save(tmp_path / f"{seed}.png", seed)
    alone = collected(tmp_path, Source(path="*.png", modality="fundus"))
    joined = collected(tmp_path, Source(path="*.png", modality="fundus", study="a"))
    assert len({original.study for original in alone.originals}) == 2
    assert len({original.study for original in joined.originals}) == 1


def test_the_same_file_twice_is_refused_with_both_names(tmp_path):
    save(tmp_path / "a.png", 1)
    shutil.copy(tmp_path / "a.png", tmp_path / "b.png")
    with pytest.raises(DataError, match=r"b\.png holds the same bytes as .*a\.png"):
        collected(tmp_path, Source(path="*.png", modality="fundus"))


def test_an_unknown_modality_and_a_damaged_file_are_one_line_with_the_path(tmp_path):
    save(tmp_path / "a.png", 1)
    with pytest.raises(DataError, match=r"a\.png: expected a modality"):
        collected(tmp_path, Source(path="a.png"))
    (tmp_path / "a.png").write_bytes((tmp_path / "a.png").read_bytes()[:500])
    with pytest.raises(ImageError, match=r"a\.png"):
        collected(tmp_path, Source(path="a.png", modality="fundus"))


def test_a_narrow_strip_is_not_taken_and_the_choice_says_why(tmp_path):
    save(tmp_path / "a.png", 1, (20, 64))
    found = collected(tmp_path, Source(path="a.png", modality="fundus"))
    [[candidate]] = found.slices.values()
    assert not found.originals and "side ratio" in candidate.reason


def test_an_id_names_the_pictures_of_one_file_and_a_frame_is_taken_from_a_series(tmp_path):
    import nibabel

    nibabel.save(
        nibabel.Nifti1Image(np.arange(48 * 64 * 3, dtype=np.int16).reshape(48, 64, 3), np.eye(4)), tmp_path / "v.nii"
    )
    known = {"modality": "mri", "window": "minmax", "id": "brain"}
    [original] = collected(tmp_path, Source(path="v.nii", frame=2, **known)).originals
    assert (original.id, original.frame) == ("brain", 2)
    for seed in (1, 2):
        save(tmp_path / f"{seed}.png", seed)
    with pytest.raises(DataError, match="brain: expected one file"):
        collected(tmp_path, Source(path="*.png", **known))


def test_text_outside_the_crop_does_not_count_and_the_largest_side_is_reached_exactly(tmp_path):
    from PIL import ImageDraw

    picture = Image.new("L", (400, 300), 90)
    ImageDraw.Draw(picture).text((10, 10), "MUSTERMANN 1970", fill=255, font_size=24)
    picture.save(tmp_path / "a.png")
    source = Source(path="a.png", modality="ultrasound")
    assert collected(tmp_path, source).flagged
    cropped = source.model_copy(update={"prepare": Preparation(crop=(60, 0, 240, 400))})
    spec = BuildSpec(name="own", sources=(cropped,), picture=Picture(maximum_side_px=320))
    found = collect(spec, tmp_path, tmp_path / "state")
    assert not found.flagged and found.originals[0].shrink == 400 / 320
