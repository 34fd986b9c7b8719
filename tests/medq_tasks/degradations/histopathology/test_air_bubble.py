import numpy as np


def test_inside_a_bubble_detail_is_lost_and_its_rim_is_dark(run):
    rng = np.random.default_rng(0)
    image = rng.uniform(0.5, 0.9, (200, 200, 3)).astype(np.float32)
    effect = run("histopathology.air_bubble", image, 0.7)
    inner = effect.mask & np.roll(effect.mask, 12, 0) & np.roll(effect.mask, -12, 0)
    inner &= np.roll(effect.mask, 12, 1) & np.roll(effect.mask, -12, 1)
    assert effect.image[inner].std() < 0.5 * image[inner].std()
    assert effect.image[effect.mask].min() < 0.3
    assert effect.image[inner].mean() > image[inner].mean()


def test_the_affected_area_is_that_of_the_mask(run, noise_image):
    effect = run("histopathology.air_bubble", noise_image, 0.4)
    changed = (effect.image != noise_image).mean()
    assert changed <= effect.facts["affected_area"] < changed + 0.01
