import numpy as np
from scipy.ndimage import distance_transform_edt


def test_the_film_absorbs_like_blood_more_at_its_rim(run):
    image = np.full((256, 256, 3), 0.9, np.float32)
    effect = run("histopathology.blood_stain", image, 0.5, density=0.6)
    density = -np.log10(effect.image / 0.9)
    assert density[effect.mask][:, 0].mean() < 0.3 * density[effect.mask][:, 1].mean()
    inward = distance_transform_edt(effect.mask)
    rim, core = (inward > 3) & (inward < 8), inward > 25
    assert density[rim][:, 1].mean() > 1.15 * density[core][:, 1].mean()
