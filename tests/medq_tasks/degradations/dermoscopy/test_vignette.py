import numpy as np

from medq_tasks.degradations.optics.tone import to_light


def test_the_middle_is_untouched_and_the_corners_lose_the_declared_stops(run):
    image = np.full((160, 200), 0.9, np.float32)
    out = run("dermoscopy.vignette", image, depth=4.0, radius=0.4).image
    assert np.allclose(out[75:85, 95:105], 0.9, atol=1e-5)
    stops = np.log2(to_light(image) / to_light(out))
    assert np.isclose(stops[0, 0], 4.0, atol=0.02)
