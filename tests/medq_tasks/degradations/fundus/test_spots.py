import numpy as np

from medq_tasks.degradations.optics.aperture import field_of_view


def test_spots_are_brighter_than_the_fundus_and_stay_in_the_field(run, real_images):
    clean = real_images["fundus"][0]
    effect = run("fundus.spots", clean, 0.9, count=24, radius=0.15)
    assert effect.image[effect.mask].mean() > clean[effect.mask].mean() + 0.05
    assert not (effect.mask & ~field_of_view(clean)).any()
    assert effect.mask.mean() > 0.3


def test_opacity_0_leaves_the_image_as_it_is(run, real_images):
    clean = real_images["fundus"][0]
    assert np.array_equal(run("fundus.spots", clean, 0.9, opacity=0.0).image, clean)
