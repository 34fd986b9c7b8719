import numpy as np


def test_two_layers_of_uniform_tissue_pass_the_product_of_their_transmittances(run):
    tissue = np.full((120, 120, 3), 0.9, np.float32) * np.float32([0.8, 0.6, 0.7])
    tissue[:4] = tissue[-4:] = 0.9
    effect = run("histopathology.overlap", tissue, 0.5)
    inside = effect.image[effect.mask]
    product = 0.9 * np.float32([0.8, 0.6, 0.7]) ** 2
    assert (np.abs(inside - product).max(axis=1) < 0.01).mean() > 0.7
    assert (inside.min(axis=0) > product - 0.01).all()
