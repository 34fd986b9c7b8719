"""Blur by blurring once more."""

import numpy as np
from scipy.ndimage import gaussian_filter
from skimage.measure import blur_effect

from medq.models.iqa.features.blur import blur
from tests.medq.models.iqa.features.pictures import grey, scene

SIGMAS = (0.0, 0.7, 1.5, 3.0, 6.0)


def test_it_rises_with_the_width_of_the_blur() -> None:
    values = [blur(grey(gaussian_filter(scene(), sigma))) for sigma in SIGMAS]
    assert values == sorted(values)
    assert 0 <= values[0] < 0.45
    assert 0.8 < values[-1] <= 1


def test_it_ranks_and_sizes_blur_as_scikit_image_does() -> None:
    images = [gaussian_filter(scene(seed=seed), sigma) for sigma in SIGMAS for seed in (2, 3)]
    ours = [blur(grey(image)) for image in images]
    theirs = [blur_effect(image, h_size=9) for image in images]
    assert np.corrcoef(ours, theirs)[0, 1] > 0.97


def test_it_does_not_depend_on_contrast() -> None:
    assert abs(blur(grey(0.5 + 0.2 * (scene() - 0.5))) - blur(grey(scene()))) < 0.01


def test_smear_in_one_direction_counts() -> None:
    smeared = gaussian_filter(scene(), (0, 4))
    assert blur(grey(smeared)) > blur(grey(scene())) + 0.2
