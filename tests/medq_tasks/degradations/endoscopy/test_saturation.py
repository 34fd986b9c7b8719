import numpy as np


def test_the_clipped_area_grows_and_is_reported(run, real_images):
    clean = real_images["endoscopy"][1]
    effects = [run("endoscopy.saturation", clean, severity) for severity in (0.1, 0.4, 0.9)]
    areas = [effect.facts["saturated_area"] for effect in effects]
    assert np.all(np.diff(areas) > 0)
    assert areas[-1] > 0.1
    white = (effects[-1].image.min(axis=-1) >= 1.0).mean()
    assert np.isclose(white, areas[-1], atol=1e-6)


def test_red_turns_yellow_before_it_turns_white(run):
    image = np.full((100, 100, 3), [0.6, 0.35, 0.25], np.float32)
    out = run("endoscopy.saturation", image, 0.5).image
    yellow = (out[..., 0] >= 1) & (out[..., 1] > 0.6) & (out[..., 2] < out[..., 1])
    assert yellow.mean() > 0.02
