from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from medq_tasks.errors import ImageError
from medq_tasks.images import open_pixels
from medq_tasks.images.dicom import _ABORTING, read_dicom

Dicom = Callable[[str], bytes]


def test_jpeg_ls_is_decoded_in_the_other_process(dicom: Dicom) -> None:
    data = dicom("MR_small_jpeg_ls_lossless.dcm")
    assert str(read_dicom(data, "x").file_meta.TransferSyntaxUID) in _ABORTING
    np.testing.assert_array_equal(open_pixels(data, "x"), open_pixels(dicom("MR_small.dcm"), "x"))


def test_what_ends_the_decoder_does_not_end_this_process(dicom: Dicom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("medq_tasks.images.guarded_decode._CHILD", "import os; os.abort()")
    with pytest.raises(ImageError, match=r"scan\.dcm: expected a whole DICOM file.*exit code -6"):
        open_pixels(dicom("MR_small_jpeg_ls_lossless.dcm"), "scan.dcm")


def test_a_decoder_that_hangs_is_given_up(dicom: Dicom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("medq_tasks.images.guarded_decode._CHILD", "import time; time.sleep(60)")
    monkeypatch.setattr("medq_tasks.images.guarded_decode.TIMEOUT_S", 0.2)
    with pytest.raises(ImageError, match="cannot be decoded in"):
        open_pixels(dicom("MR_small_jpeg_ls_lossless.dcm"), "x")


def test_damaged_jpeg_ls_is_an_image_error(dicom: Dicom) -> None:
    data = bytearray(dicom("MR_small_jpeg_ls_lossless.dcm"))
    start = data.rindex(b"\xff\xd8")
    data[start + 2 : start + 60] = b"\0" * 58
    with pytest.raises(ImageError, match="cannot be decoded"):
        open_pixels(bytes(data), "x")
