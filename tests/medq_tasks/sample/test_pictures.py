"""The pictures: in their range, as the window declares, visible when mild, clearly worse when severe."""

import hashlib

import numpy as np
import pytest
from PIL import Image
from skimage.metrics import peak_signal_noise_ratio

from medq_tasks.construction import load_spec
from medq_tasks.sample import SPEC, sample_picture

VISIBLE_DB = 42.0
STEP_DB = 2.5
SOURCES = {source.id: source for source in load_spec(SPEC).sources}


def pixels(*name: str) -> np.ndarray:
    return np.asarray(Image.open(sample_picture(*name)))


@pytest.mark.parametrize("image", [name for name, source in SOURCES.items() if source.render is None])
def test_an_original_is_eight_bits_within_512_px_and_uses_its_range(image):
    values = pixels(image)
    assert values.dtype == np.uint8
    assert values.ndim == 2 or values.shape[2] == 3
    assert 100 <= min(values.shape[:2]) <= max(values.shape[:2]) <= 512
    assert np.percentile(values, 99) - np.percentile(values, 1) >= 40


def test_a_ct_window_maps_hounsfield_units_as_declared():
    import pydicom
    from pydicom.data import get_testdata_file

    dataset = pydicom.dcmread(str(get_testdata_file("explicit_VR-UN.dcm", download=False)))
    hounsfield = dataset.pixel_array[84:392, 72:456] * float(dataset.RescaleSlope) + float(dataset.RescaleIntercept)
    expected = np.clip((hounsfield + 160) / 400, 0, 1) * 255
    assert np.abs(pixels("ct-abdomen") - expected).max() <= 0.5 + 1e-9


def test_bone_is_brighter_than_air_in_a_monochrome1_radiograph():
    tibia = pixels("xray-tibia")
    assert tibia[200, 100:130].mean() > 100 > tibia[200, -20:].mean()


def test_the_nifti_slice_has_anterior_up_as_nibabel_orients_it():
    import nibabel
    from nibabel.testing import data_path

    volume = np.asarray(nibabel.load(f"{data_path}/example4d.nii.gz").dataobj, float)
    upright = np.rot90(volume[:, :, 12, 0])
    shown = pixels("mri-brain")[::2, ::2]
    assert np.corrcoef(shown.ravel(), upright.ravel())[0, 1] > 0.98


@pytest.mark.parametrize("image", SOURCES)
def test_mild_is_visible_and_severe_is_clearly_worse(image):
    for attribute in SOURCES[image].attributes:
        mild, severe = (
            peak_signal_noise_ratio(pixels(image), pixels(image, attribute, severity)) for severity in ("L1", "L2")
        )
        assert mild <= VISIBLE_DB, attribute
        assert severe <= mild - STEP_DB, attribute


def test_every_attribute_of_an_image_comes_mild_and_severe_beside_one_original(records):
    expected = {(name, attribute, "L0" if attribute is None else level) for name, source in SOURCES.items()
                for attribute in (None, *source.attributes) for level in ("L1", "L2")}  # fmt: skip
    assert {(one["original"], one["attribute"], one["severity"]) for one in records.values()} == expected


def test_no_picture_occurs_twice_and_files_are_those_that_are_recorded(records, picture):
    digests = {hashlib.sha256(picture(one).read_bytes()).hexdigest() for one in records.values()}
    assert digests == {one["sha256"] for one in records.values()}
    assert len(digests) == len(records)
