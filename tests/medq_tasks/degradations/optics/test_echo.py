import numpy as np

from medq_tasks.degradations.optics.coordinates import axes
from medq_tasks.degradations.optics.echo import sector, to_amplitude, to_display


def test_twenty_decibels_are_a_factor_of_ten():
    amplitude = to_amplitude(np.float32([1.0, 2 / 3, 0.0]), dynamic_range_db=60.0)
    assert np.allclose(amplitude, [1.0, 0.1, 0.0])
    assert np.allclose(to_display(amplitude, dynamic_range_db=60.0), [1.0, 2 / 3, 0.0], atol=1e-6)


def test_the_sector_is_the_scan_with_its_fluid_and_without_lettering():
    y, x = axes((160, 200))
    fan = (np.hypot(y + 0.5, x) < 0.9) & (np.abs(x) < 0.6 * (y + 0.5)) & (y > -0.4)
    rng = np.random.default_rng(0)
    image = np.where(fan, rng.uniform(0.1, 0.5, fan.shape), 0.0).astype(np.float32)
    image[80:95, 95:110] = 0.0
    image[2:6, 2:40] = 1.0
    found = sector(image)
    assert (found & fan).sum() > 0.97 * fan.sum()
    assert (found & ~fan).sum() < 0.08 * fan.sum()
