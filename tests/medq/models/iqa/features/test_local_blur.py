"""A region without detail."""

import numpy as np
from scipy.ndimage import gaussian_filter

from medq.models.iqa.features.local_blur import local_blur
from tests.medq.models.iqa.features.pictures import disc, grey, white


def partly_blurred(sigma: float) -> np.ndarray:
    sharp = gaussian_filter(white(sigma=0.3), 1)
    return np.where(disc(radius=0.25, inside=1.0) > 0, gaussian_filter(sharp, sigma), sharp)


def test_it_rises_as_a_region_loses_detail() -> None:
    values = [local_blur(grey(partly_blurred(sigma))) for sigma in (0, 1, 3)]
    assert values == sorted(values)
    assert values[-1] > values[0] + 0.3


def test_blur_all_over_is_not_local() -> None:
    even = gaussian_filter(white(sigma=0.3), 1)
    assert abs(local_blur(grey(gaussian_filter(even, 1.5))) - local_blur(grey(even))) < 0.15
