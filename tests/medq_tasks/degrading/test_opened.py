"""What a file tells of its values and its acquisition."""

import numpy as np
import pytest

from medq_tasks.degrading.opened import open_frames
from medq_tasks.errors import ImageError


def _open(mixed, name):
    return open_frames(mixed / name)[0]


def test_a_ct_file_gives_hu_and_pixel_size_to_ct_degradations_and_a_window_to_others(mixed):
    opened = _open(mixed, "ct/CT_small.dcm")
    scale = opened.scale("ct", None)
    parameters = opened.parameters("ct", scale)
    assert parameters["pixel_mm"] == pytest.approx(0.661468)
    assert parameters["window_hu"] == pytest.approx([-1024, 3071])
    assert scale.to_unit(np.int16([[1024]]))[0, 0] == pytest.approx(1024 / 4095)  # stored 1024 is 0 HU
    other = opened.scale("general", None)
    assert (other.black, other.white, other.source) == (524.0, 1524.0, "assumed")
    assert opened.parameters("general", other) == {}


def test_a_window_that_is_given_comes_first(mixed):
    scale = _open(mixed, "ct/CT_small.dcm").scale("general", (-160, 240))
    assert (scale.black, scale.white, scale.source) == (864.0, 1264.0, "given")


def test_the_files_own_window_comes_second(mixed):
    scale = _open(mixed, "mri/big").scale("mri", None)
    assert (scale.black, scale.white, scale.source) == (-200.0, 1400.0, "file")


def test_eight_bits_need_no_scale_and_deep_ones_use_their_bits(mixed):
    assert _open(mixed, "ct/grey.png").scale("ct", None) is None
    assert _open(mixed, "ct/deep.png").scale("general", None).white == 4095


def test_alpha_is_kept_apart(mixed):
    opened = _open(mixed, "mri/alpha.png")
    assert opened.stored.ndim in {2, 3} and (opened.alpha == 77).all()


def test_the_modality_is_read_from_the_header(mixed):
    assert _open(mixed, "ct/CT_small.dcm").modality == "ct"
    assert _open(mixed, "mri/big").modality == "mri"
    assert _open(mixed, "ct/grey.png").modality is None


def test_the_middle_slice_one_or_all_slices_of_a_volume_are_opened(mixed):
    path = mixed / "ct/volume.nii.gz"
    assert [o.frame for o in open_frames(path)] == [2]
    assert [o.frame for o in open_frames(path, "all")] == [0, 1, 2, 3]
    assert open_frames(path, 1)[0].in_hu
    with pytest.raises(ImageError, match="frame 9"):
        open_frames(path, 9)


def test_a_missing_file_is_one_line():
    from pathlib import Path

    with pytest.raises(ImageError, match="expected a readable file"):
        open_frames(Path("nowhere/a.png"))
