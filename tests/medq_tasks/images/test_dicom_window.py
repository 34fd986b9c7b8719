"""The window that real DICOM files declare, against pydicom's own windowing."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from pydicom import Dataset, dcmread
from pydicom.pixels import apply_modality_lut, apply_windowing

from medq_tasks.errors import ImageError
from medq_tasks.images import Window
from medq_tasks.images.dicom_window import show_dicom

Dicom = Callable[[str], bytes]
WINDOWED = ["MR_small.dcm", "693_UNCI.dcm", "693_J2KI.dcm", "MR2_UNCI.dcm", "RG1_UNCI.dcm", "RG3_UNCI.dcm"]


def edited(data: bytes, change: Callable[[Dataset], Any]) -> bytes:
    dataset = dcmread(io.BytesIO(data))
    change(dataset)
    out = io.BytesIO()
    dataset.save_as(out)
    return out.getvalue()


def by_pydicom(data: bytes) -> Any:
    """pydicom's window, whose output spans what the stored bits hold after the rescale, stretched to 0..255."""
    dataset = dcmread(io.BytesIO(data))
    shown = apply_windowing(apply_modality_lut(dataset.pixel_array, dataset), dataset).astype(np.float64)
    bits, signed = dataset.BitsStored, dataset.PixelRepresentation
    low, high = (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if signed else (0, 2**bits - 1)
    slope, intercept = float(dataset.get("RescaleSlope", 1)), float(dataset.get("RescaleIntercept", 0))
    low, high = low * slope + intercept, high * slope + intercept
    grey = np.rint((shown - low) / (high - low) * 255)
    return 255 - grey if dataset.PhotometricInterpretation == "MONOCHROME1" else grey


@pytest.mark.parametrize("name", WINDOWED)
@pytest.mark.parametrize("function", ["LINEAR", "LINEAR_EXACT", "SIGMOID"])
def test_the_files_own_window_gives_the_pixels_that_pydicom_gives(dicom: Dicom, name: str, function: str) -> None:
    data = edited(dicom(name), lambda dataset: setattr(dataset, "VOILUTFunction", function))
    shown = show_dicom(data, name, frame=0, window=None)
    assert shown.window is not None
    assert (shown.lossless, f"dicom window, {function}") == (False, shown.window["source"])
    assert np.abs(shown.pixels.astype(int) - by_pydicom(data)).max() <= 1
    assert np.mean(shown.pixels != by_pydicom(data)) < 0.02


def test_monochrome1_is_inverted_and_says_so(dicom: Dicom) -> None:
    data = dicom("RG3_UNCI.dcm")
    shown = show_dicom(data, "x", frame=0, window=None)
    as_two = edited(data, lambda dataset: setattr(dataset, "PhotometricInterpretation", "MONOCHROME2"))
    assert shown.window is not None
    assert shown.window["inverted"] is True
    np.testing.assert_array_equal(shown.pixels, 255 - show_dicom(as_two, "x", frame=0, window=None).pixels)


def test_a_deep_file_without_a_window_asks_for_one(dicom: Dicom) -> None:
    with pytest.raises(ImageError, match=r"CT_small\.dcm: expected a declared window for 16-bit.*data\.window"):
        show_dicom(dicom("CT_small.dcm"), "CT_small.dcm", frame=0, window=None)


def test_a_users_window_is_in_hounsfield_units_and_replaces_the_files(dicom: Dicom) -> None:
    data = dicom("CT_small.dcm")
    dataset = dcmread(io.BytesIO(data))
    hounsfield = dataset.pixel_array * float(dataset.RescaleSlope) + float(dataset.RescaleIntercept)
    shown = show_dicom(data, "x", frame=0, window=Window("range", -160, 240))
    np.testing.assert_array_equal(shown.pixels == 255, hounsfield >= 239.3)
    np.testing.assert_array_equal(shown.pixels == 0, hounsfield <= -159.3)
    assert shown.window == {"low": -160.0, "high": 240.0, "source": "range"}
    other = show_dicom(dicom("693_UNCI.dcm"), "x", frame=0, window=Window("range", 0, 80))
    assert other.window == {"low": 0.0, "high": 80.0, "source": "range"}
    own = show_dicom(dicom("693_UNCI.dcm"), "x", frame=0, window=Window("dicom"))
    assert own.window is not None
    assert own.window["source"] == "dicom window, LINEAR"


def test_minmax_leaves_padding_out_and_full_is_the_range_of_the_stored_bits(dicom: Dicom) -> None:
    def pad(dataset: Dataset) -> None:
        pixels = dataset.pixel_array.copy()
        pixels[:8] = -2000
        dataset.PixelData = pixels.tobytes()
        dataset.add_new("PixelPaddingValue", "SS", -2000)

    data = edited(dicom("MR_small.dcm"), pad)
    kept = dcmread(io.BytesIO(data)).pixel_array[8:]
    window = show_dicom(data, "x", frame=0, window=Window("minmax")).window
    assert window == {"low": float(kept.min()), "high": float(kept.max()), "source": "minmax"}
    full = show_dicom(data, "x", frame=0, window=Window("full")).window
    assert full == {"low": -32768.0, "high": 32767.0, "source": "full"}


def test_a_voi_table_is_used_before_a_window(dicom: Dicom) -> None:
    shown = show_dicom(dicom("vlut_04.dcm"), "x", frame=0, window=None)
    assert shown.window is not None
    assert shown.window["source"] == "dicom VOILUTSequence"


def test_eight_bit_ultrasound_is_sent_without_a_map(dicom: Dicom) -> None:
    data = dicom("US1_UNCI.dcm")
    shown = show_dicom(data, "x", frame=0, window=Window("minmax"))
    assert (shown.window, shown.lossless) == (None, True)
    np.testing.assert_array_equal(shown.pixels, dcmread(io.BytesIO(data)).pixel_array)


def test_a_conversion_from_stored_ybr_is_recorded_as_lossy(dicom: Dicom) -> None:
    shown = show_dicom(dicom("SC_ybr_full_uncompressed.dcm"), "x", frame=0, window=None)
    assert (shown.window, shown.lossless) == ({"source": "dicom YBR_FULL to RGB"}, False)
    assert show_dicom(dicom("SC_rgb_jpeg_dcmtk.dcm"), "x", frame=0, window=None).lossless


def test_a_palette_gives_the_high_bytes_of_its_colours(dicom: Dicom) -> None:
    from pydicom.pixels import apply_color_lut

    data = dicom("OBXXXX1A.dcm")
    dataset = dcmread(io.BytesIO(data))
    shown = show_dicom(data, "x", frame=0, window=None)
    np.testing.assert_array_equal(shown.pixels, apply_color_lut(dataset.pixel_array, dataset) >> 8)


def test_a_mask_of_one_bit_is_stretched_and_says_so(dicom: Dicom) -> None:
    shown = show_dicom(dicom("liver_1frame.dcm"), "x", frame=0, window=None)
    assert set(np.unique(shown.pixels)) <= {0, 255}
    assert (shown.window, shown.lossless) == ({"low": 0.0, "high": 1.0, "source": "full"}, False)


def test_deep_colour_takes_the_users_window(dicom: Dicom) -> None:
    shown = show_dicom(dicom("SC_rgb_16bit.dcm"), "x", frame=0, window=Window("full"))
    assert (shown.pixels.dtype, shown.pixels.shape) == (np.uint8, (100, 100, 3))
    with pytest.raises(ImageError, match=r"data\.window"):
        show_dicom(dicom("SC_rgb_16bit.dcm"), "x", frame=0, window=None)
