import numpy as np


def test_the_film_absorbs_like_blood_more_at_its_rim(run):
    image = np.full((256, 256, 3), 0.9, np.float32)
    effect = run("histopathology.blood_stain", image, 0.5, density=0.6)
    density = -np.log10(effect.image / 0.9)
    assert density[effect.mask][:, 0].mean() < 0.3 * density[effect.mask][:, 1].mean()
    core = effect.mask.copy()
    for axis in (0, 1):
        core &= np.roll(effect.mask, 25, axis) & np.roll(effect.mask, -25, axis)
    assert density[effect.mask & ~core][:, 1].max() > 1.1 * density[core][:, 1].mean()
