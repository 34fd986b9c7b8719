"""Files that come back in their own format, depth and geometry."""

import io

import numpy as np
import pytest

from medq_tasks.degrading.encoding import encode, output_suffix
from medq_tasks.degrading.opened import open_frames

NAMES = ["ct/grey.png", "ct/rgb.png", "mri/alpha.png", "ct/deep.png", "mri/deep.tif", "histopathology/tissue.tiff"]


@pytest.mark.parametrize("name", [*NAMES, "ct/CT_small.dcm", "mri/big", "ct/volume.nii.gz"])
def test_written_values_are_read_back_in_the_same_type(mixed, tmp_path, name):
    opened = open_frames(mixed / name)[0]
    changed = (opened.stored // 2 + 3).astype(opened.stored.dtype)
    path = tmp_path / (mixed / name).name
    path.write_bytes(encode(opened, changed, note="test"))
    again = open_frames(path)[0]
    assert again.format == opened.format
    assert again.stored.dtype == opened.stored.dtype and np.array_equal(again.stored, changed)
    assert again.alpha is None or np.array_equal(again.alpha, opened.alpha)


@pytest.mark.parametrize("name", [*NAMES, "ct/CT_small.dcm", "ct/volume.nii.gz"])
def test_the_same_values_give_the_same_bytes(mixed, name):
    opened = open_frames(mixed / name)[0]
    assert encode(opened, opened.stored, note="n") == encode(opened, opened.stored, note="n")


def test_a_lossy_format_comes_back_as_png(mixed):
    opened = open_frames(mixed / "ct/lossy.jpg")[0]
    assert output_suffix(opened) == ".png"
    assert encode(opened, opened.stored, note="n").startswith(b"\x89PNG")


def test_a_dicom_file_says_that_it_is_derived_and_has_its_own_identity(mixed):
    import pydicom

    opened = open_frames(mixed / "ct/CT_small.dcm")[0]
    written = pydicom.dcmread(io.BytesIO(encode(opened, opened.stored, note="medq ct.ring L1 seed 7")))
    source = pydicom.dcmread(mixed / "ct/CT_small.dcm")
    assert list(written.ImageType) == ["DERIVED", "SECONDARY"]
    assert written.DerivationDescription == "medq ct.ring L1 seed 7"
    assert written.SOPInstanceUID != source.SOPInstanceUID
    assert written.file_meta.MediaStorageSOPInstanceUID == written.SOPInstanceUID
    assert written.PixelSpacing == source.PixelSpacing and written.RescaleIntercept == source.RescaleIntercept


def test_a_nifti_slice_keeps_its_place_in_space(mixed):
    import gzip

    import nibabel

    opened = open_frames(mixed / "ct/volume.nii.gz", 3)[0]
    image = nibabel.Nifti1Image.from_bytes(gzip.decompress(encode(opened, opened.stored, note="n")))
    assert image.shape == (40, 48, 1)
    assert image.affine[2, 3] == pytest.approx(9)


def test_sixteen_bit_colour_survives(tmp_path):
    from medq_tasks.degrading.encoding import encode_pixels

    colour = np.random.default_rng(0).integers(0, 65535, (9, 11, 3), dtype=np.uint16)
    (tmp_path / "deep.png").write_bytes(encode_pixels(colour))
    assert np.array_equal(open_frames(tmp_path / "deep.png")[0].stored, colour)
