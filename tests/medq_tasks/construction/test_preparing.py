from pathlib import Path

import numpy as np
import pytest
from skimage.transform import downscale_local_mean

from medq_tasks.construction.preparing import prepared, resampled
from medq_tasks.construction.source import Preparation
from medq_tasks.degrading.opened import Opened
from medq_tasks.errors import ImageError


def opened(stored: np.ndarray, **known) -> Opened:
    return Opened(Path("a.dcm"), "dicom", stored, **known)


def test_the_order_is_grey_flip_crop():
    colour = np.stack([np.arange(12).reshape(4, 3)] * 3, axis=2) + np.array([0, 3, 6])
    steps = Preparation(grey=True, flip=True, crop=(0, 1, 2, 2))
    assert resampled(colour, steps).tolist() == [[13, 14], [10, 11]]


def test_shrinking_takes_local_means_in_the_type_of_the_stored_values_and_grows_the_pixel():
    stored = np.array([[0, 2, 9], [4, 6, 9], [9, 9, 9]], np.int16)
    ready = prepared(opened(stored, pixel_mm=0.5), Preparation(shrink=2))
    assert ready.stored.tolist() == [[3]] and ready.stored.dtype == np.int16
    assert ready.pixel_mm == 1.0


@pytest.mark.parametrize("shape", [(40, 60), (40, 60, 3)])
def test_whole_factors_agree_with_scikit_image_and_others_reach_the_rounded_size(shape):
    values = np.random.default_rng(1).random(shape)
    reference = downscale_local_mean(values, (4, 4, 1)[: len(shape)])
    assert np.allclose(resampled(values, Preparation(shrink=4)), reference)
    assert resampled(values, Preparation(shrink=1.6)).shape[:2] == (25, 38)


def test_a_fourier_zoom_keeps_every_old_sample_and_the_mean():
    rows, columns = np.mgrid[:16, :12] * 2 * np.pi
    values = 5 + np.cos(2 * rows / 16) + np.sin(3 * columns / 12)
    zoomed = resampled(values, Preparation(fourier_zoom=2))
    assert zoomed.shape == (32, 24)
    assert np.allclose(zoomed[::2, ::2], values) and np.isclose(zoomed.mean(), values.mean())


@pytest.mark.parametrize(
    ("stored", "steps", "said"),
    [
        (np.zeros((8, 8), np.uint8), Preparation(crop=(0, 4, 8, 8)), "crop within 8 × 8 px"),
        (np.zeros((8, 8), np.uint8), Preparation(crop=(-1, 0, 4, 4)), "crop within 8 × 8 px"),
        (np.zeros((8, 8, 3), np.uint8), Preparation(fourier_zoom=2), "expected a grey image"),
    ],
)
def test_what_does_not_fit_the_image_is_one_line_with_its_path(stored, steps, said):
    with pytest.raises(ImageError, match=said) as caught:
        prepared(opened(stored), steps)
    assert str(caught.value).startswith("a.dcm: ")
