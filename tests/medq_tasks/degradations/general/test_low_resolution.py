import numpy as np
import pytest
from scipy.fft import dctn


@pytest.mark.parametrize("factor", [2.0, 3.7, 8.0])
def test_no_energy_remains_at_or_above_the_cut_off(factor, run, noise_image):
    spectrum = dctn(run("general.low_resolution", noise_image, factor=factor).image.astype(np.float64), norm="ortho")
    down, across = (np.arange(n) / (2 * n) for n in noise_image.shape)
    above = (down[:, None] >= 0.5 / factor) | (across[None, :] >= 0.5 / factor)
    assert (spectrum[above] ** 2).sum() < 1e-9 * (spectrum**2).sum()


def test_the_lower_two_thirds_of_the_band_pass_unchanged(run, noise_image):
    clean = dctn(noise_image.astype(np.float64), norm="ortho")
    out = dctn(run("general.low_resolution", noise_image, factor=4.0).image.astype(np.float64), norm="ortho")
    kept = slice(0, int(0.65 * noise_image.shape[0] / 4))
    assert np.allclose(out[kept, kept], clean[kept, kept], atol=1e-4)
