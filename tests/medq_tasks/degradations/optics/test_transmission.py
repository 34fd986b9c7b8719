import numpy as np

from medq_tasks.degradations.optics.transmission import empty_glass, transmittance


def test_empty_glass_passes_everything_and_tissue_its_share():
    slide = np.full((40, 40, 3), 0.9, np.float32)
    slide[10:20, 10:20] = [0.45, 0.3, 0.6]
    assert np.allclose(empty_glass(slide), 0.9)
    assert np.allclose(transmittance(slide)[0, 0], 1.0)
    assert np.allclose(transmittance(slide)[15, 15], [0.5, 1 / 3, 2 / 3], atol=1e-6)


def test_a_slide_without_glass_takes_at_least_070_as_white():
    assert np.allclose(empty_glass(np.full((8, 8), 0.2, np.float32)), 0.7)
