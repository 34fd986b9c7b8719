import numpy as np
import pytest


@pytest.mark.parametrize("value", [0.2, 0.5])
@pytest.mark.parametrize("photons", [3e3, 1e5])
def test_the_variance_is_that_of_the_logarithm_of_a_poisson_count(value, photons, run):
    image = np.full((400, 400), value, np.float32)
    noise = run("xray.quantum_noise", image, photons=photons, span=4.0).image - image
    expected = photons * np.exp(-4.0 * value)
    assert np.isclose(noise.var(), 1 / (expected * 16.0), rtol=0.03)
    assert abs(noise.mean()) < 0.1 * noise.std()


def test_noise_falls_with_the_square_root_of_the_dose_over_one_pattern(run):
    image = np.full((200, 200), 0.4, np.float32)
    low, high = (run("xray.quantum_noise", image, photons=dose).image - image for dose in (1e4, 4e4))
    assert np.isclose(low.std() / high.std(), 2.0, rtol=0.02)
    assert np.corrcoef(low.ravel(), high.ravel())[0, 1] > 0.99


def test_dense_areas_are_noisier(run):
    image = np.full((100, 200), 0.2, np.float32)
    image[:, 100:] = 0.8
    noise = run("xray.quantum_noise", image, 0.5).image - image
    assert noise[:, 100:].std() > 2 * noise[:, :100].std()
