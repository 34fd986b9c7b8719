import numpy as np

from medq_tasks.degradations.optics.illumination import falloff, off_centre


def test_irradiance_follows_the_cosine_fourth_law():
    lit = falloff((101, 101), centre=(0.0, 0.0), reach=0.5)
    angle = np.arctan2(30 / 101, 0.5)
    assert np.isclose(lit[50, 50], 1.0)
    assert np.isclose(lit[50, 80], np.cos(angle) ** 4, rtol=1e-4)


def test_points_lie_within_the_given_distances():
    rng = np.random.default_rng(0)
    distances = [np.hypot(*off_centre(rng, least=0.1, most=0.3)) for _ in range(500)]
    assert 0.1 <= min(distances) < 0.12
    assert 0.28 < max(distances) <= 0.3
