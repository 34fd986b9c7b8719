import numpy as np

from medq_tasks.degradations.optics.aperture import convolve_inside, field_of_view
from medq_tasks.degradations.optics.coordinates import axes
from medq_tasks.degradations.optics.psf import disc


def _photograph():
    y, x = axes((120, 140))
    inside = np.hypot(y, x) < 0.45
    image = np.where(inside, 0.6, 0.01).astype(np.float32)
    image[55:60, 60:70] = 0.0  # a dark place inside the scene
    image[2:6, 2:10] = 0.9  # lettering in the surround
    return image, inside


def test_the_field_of_view_is_the_scene_with_its_dark_places_and_without_lettering():
    image, inside = _photograph()
    assert (field_of_view(image) != inside).mean() < 0.01


def test_a_black_image_is_all_scene():
    assert field_of_view(np.zeros((10, 12), np.float32)).all()


def test_blur_inside_the_field_lets_no_black_in_and_nothing_out():
    image, inside = _photograph()
    image[55:60, 60:70] = 0.6
    out = convolve_inside(image, disc(5.0), inside)
    assert np.allclose(out[inside], 0.6, atol=1e-3)
    assert np.array_equal(out[~inside], image[~inside])
