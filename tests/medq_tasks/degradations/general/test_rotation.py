import numpy as np
from skimage.transform import rotate


def test_it_agrees_with_scikit_images_rotation(run, noise_image):
    effect = run("general.rotation", noise_image, angle=33.0)
    theirs = rotate(noise_image, effect.facts["signed_angle"], order=1, mode="constant", cval=0.0)
    inside = rotate(np.ones_like(noise_image), effect.facts["signed_angle"], order=1) > 0.9999
    assert inside.mean() > 0.6
    assert np.allclose(effect.image[inside], theirs[inside], atol=1e-4)


def test_half_a_turn_is_the_image_upside_down(run, noise_image):
    assert np.allclose(run("general.rotation", noise_image, angle=180.0).image, noise_image[::-1, ::-1], atol=1e-4)


def test_the_angle_rises_with_severity_with_one_sign(real_images, run):
    angles = [run("general.rotation", real_images["general"][0], s).facts["signed_angle"] for s in (0.1, 0.4, 0.9)]
    assert np.all(np.diff(np.abs(angles)) > 0)
    assert len(set(np.sign(angles))) == 1
    assert 20 <= abs(angles[1]) <= 35
    assert 120 <= abs(angles[2]) <= 200
