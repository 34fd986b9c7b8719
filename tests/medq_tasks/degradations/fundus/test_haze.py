import numpy as np


def test_contrast_falls_exponentially_with_the_optical_depth(run):
    rng = np.random.default_rng(0)
    image = rng.uniform(0.3, 0.6, (120, 120, 3)).astype(np.float32)
    deviations = [run("fundus.haze", image, depth=depth, blur=1e-4).image.std() for depth in (1e-6, 0.5, 1.0)]
    ratios = np.array(deviations[1:]) / deviations[0]
    assert np.isclose(-np.log(ratios[0]) / 0.5, -np.log(ratios[1]), rtol=0.1)
    assert 0.7 < -np.log(ratios[1]) < 1.3


def test_the_veil_is_brighter_than_the_fundus_and_the_surround_stays_black(run, real_images):
    clean = real_images["fundus"][0]
    out = run("fundus.haze", clean, 0.9).image
    assert out[60:130, 60:130].mean() > clean[60:130, 60:130].mean()
    assert np.array_equal(out[:4, :4], clean[:4, :4])
