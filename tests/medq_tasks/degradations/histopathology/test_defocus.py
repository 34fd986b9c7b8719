import numpy as np


def test_the_disc_grows_with_the_distance_and_the_aperture_and_shrinks_with_the_pixel(run, noise_image):
    radius = run("histopathology.defocus", noise_image, defocus_um=4.0, aperture=0.6, um_per_px=0.5).facts["radius_px"]
    assert np.isclose(radius, 4.0 * 0.75 / 0.5)


def test_what_was_assumed_is_said(run, noise_image):
    assert run("histopathology.defocus", noise_image).assumed == ("aperture", "um_per_px")
