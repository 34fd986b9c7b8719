import numpy as np


def test_inside_a_fold_uniform_tissue_passes_the_third_power_of_its_transmittance(run):
    tissue = np.full((160, 160, 3), 0.9, np.float32)
    tissue[:, :] *= np.float32([0.8, 0.6, 0.7])
    tissue[:8] = 0.9  # empty glass, so that white is known
    out = run("histopathology.fold", tissue, 0.9)
    core = out.mask.copy()
    core[:40] = False
    darkest = out.image[core].min(axis=0)
    assert np.allclose(darkest, 0.9 * np.float32([0.8, 0.6, 0.7]) ** 3, atol=0.01)


def test_empty_glass_shows_no_fold(run):
    glass = np.full((64, 64, 3), 0.92, np.float32)
    assert np.allclose(run("histopathology.fold", glass, 0.9).image, glass, atol=1e-6)


def test_a_fold_is_never_brighter_than_the_single_layer(run, real_images):
    clean = real_images["histopathology"][0]
    assert (run("histopathology.fold", clean, 0.9).image <= clean + 1e-6).all()
