import numpy as np

from medq_tasks.degradations.optics.tone import to_light


def test_light_is_multiplied_by_the_reported_gains_a_channel(run):
    image = np.full((20, 20, 3), [0.5, 0.4, 0.3], np.float32)
    effect = run("fundus.colour_cast", image, cast=0.6)
    assert np.allclose(to_light(effect.image), to_light(image) * effect.facts["gains"], rtol=1e-3)
    assert np.ptp(np.log2(effect.facts["gains"])) > 0.5


def test_the_mean_luminance_is_kept(run):
    image = np.full((20, 20, 3), [0.5, 0.4, 0.3], np.float32)
    weights = np.array([0.2126, 0.7152, 0.0722])
    out = run("fundus.colour_cast", image, cast=0.6).image
    assert np.isclose((to_light(out) @ weights).mean(), (to_light(image) @ weights).mean(), rtol=1e-3)
