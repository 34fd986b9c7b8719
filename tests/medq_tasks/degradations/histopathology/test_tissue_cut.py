import numpy as np

from medq_tasks.degradations.optics.transmission import empty_glass


def test_glass_shows_in_the_gap_and_its_lips_are_darker(run, real_images):
    clean = real_images["histopathology"][0] * np.float32(0.8)
    clean[:12] = 0.9
    effect = run("histopathology.tissue_cut", clean, 0.9)
    gap = effect.mask & (np.abs(effect.image - empty_glass(clean)).max(axis=-1) < 1e-4)
    assert gap.sum() > 0.4 * effect.mask.sum()
    lips = effect.mask & (effect.image < clean - 1e-4).all(axis=-1)
    assert lips.sum() > 0.02 * effect.mask.sum()
