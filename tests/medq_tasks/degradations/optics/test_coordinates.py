import numpy as np

from medq_tasks.degradations.optics.coordinates import axes, half_extent, pixel, scatter


def test_positions_are_centred_and_in_units_of_the_shorter_side():
    y, x = axes((100, 200))
    assert y.shape == (100, 1)
    assert x.shape == (1, 200)
    assert np.isclose(y.mean(), 0, atol=1e-6)
    assert np.isclose(x[0, -1] - x[0, 0], 1.99, atol=1e-5)
    assert pixel((100, 200)) == 0.01


def test_scattered_places_fill_the_image_and_the_first_do_not_depend_on_its_size():
    places = scatter(np.random.default_rng(0), (100, 200), 5000)
    assert np.abs(places).max(axis=0)[0] <= half_extent((100, 200))[0]
    assert np.abs(places[:, 1]).max() > 0.95
    larger = scatter(np.random.default_rng(0), (300, 600), 5000)
    assert np.allclose(places, larger)
