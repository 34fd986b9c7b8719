"""The originals as they are opened."""

import hashlib

import numpy as np
import pytest

from medq_tasks.errors import DataError
from medq_tasks.sample.catalogue import Original, originals
from medq_tasks.sample.opening import open_original


def original(name: str) -> Original:
    return next(one for one in originals() if one.id == name)


@pytest.mark.parametrize("one", [one for one in originals() if not one.rendered], ids=lambda one: one.id)
def test_an_original_is_eight_bits_within_512_px_and_uses_its_range(one: Original) -> None:
    pixels = open_original(one)
    assert pixels.dtype == np.uint8
    assert pixels.ndim == 2 or pixels.shape[2] == 3
    assert 100 <= min(pixels.shape[:2]) <= max(pixels.shape[:2]) <= 512
    assert np.percentile(pixels, 99) - np.percentile(pixels, 1) >= 40


def test_opening_twice_gives_the_same_pixels() -> None:
    first, second = open_original(original("us-pelvis")), open_original(original("us-pelvis"))
    assert hashlib.sha256(first.tobytes()).digest() == hashlib.sha256(second.tobytes()).digest()


def test_a_ct_window_maps_hounsfield_units_as_declared() -> None:
    import pydicom
    from pydicom.data import get_testdata_file

    dataset = pydicom.dcmread(str(get_testdata_file("explicit_VR-UN.dcm", download=False)))
    hounsfield = dataset.pixel_array[84:392, 72:456] * float(dataset.RescaleSlope) + float(dataset.RescaleIntercept)
    expected = np.clip((hounsfield - (40 - 200)) / 400, 0, 1) * 255
    assert np.abs(open_original(original("ct-abdomen")) - expected).max() <= 0.5 + 1e-9


def test_bone_is_brighter_than_air_in_a_monochrome1_radiograph() -> None:
    tibia = open_original(original("xray-tibia"))
    assert tibia[200, 100:130].mean() > 100 > tibia[200, -20:].mean()


def test_a_package_file_that_is_missing_is_named() -> None:
    one = original("ct-abdomen")
    gone = one.model_copy(update={"open": one.open.model_copy(update={"file": "gone.dcm"})})
    with pytest.raises(DataError, match=r"pydicom-data holds no gone\.dcm"):
        open_original(gone)
