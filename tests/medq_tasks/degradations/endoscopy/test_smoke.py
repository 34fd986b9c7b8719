import numpy as np

from medq_tasks.degradations.optics.tone import to_light


def test_transmission_multiplies_over_thickness_and_dense_smoke_has_one_colour(run):
    dark, bright = (np.full((80, 100), value, np.float32) for value in (0.1, 0.9))
    passed = []
    for depth in (0.5, 1.0):
        low, high = (to_light(run("endoscopy.smoke", image, depth=depth).image) for image in (dark, bright))
        passed.append((high - low) / (to_light(bright) - to_light(dark)))
    assert np.allclose(passed[0] ** 2, passed[1], atol=2e-3)
    thick = [run("endoscopy.smoke", image, depth=60.0).image for image in (dark, bright)]
    assert np.allclose(thick[0], thick[1], atol=1e-2)
