"""Streaks."""

import numpy as np

from medq.models.iqa.features.streak import streak
from tests.medq.models.iqa.features.pictures import grey, scene, white


def streaked(directions: int, strength: float, side: int = 256) -> np.ndarray:
    """Fine stripes in a few directions: energy on as many lines of the spectrum."""
    y, x = np.mgrid[:side, :side]
    rng = np.random.default_rng(3)
    stripes = np.zeros((side, side))
    for angle in np.arange(directions) * np.pi / directions + 0.1:
        profile = rng.standard_normal(2 * side)
        stripes += profile[(x * np.cos(angle) + y * np.sin(angle)).astype(int) % (2 * side)]
    return scene() * 0.6 + 0.2 + strength * stripes / np.sqrt(directions)


def test_stripes_in_few_directions_raise_it_with_their_strength() -> None:
    values = [streak(grey(streaked(10, strength))) for strength in (0.0, 0.02, 0.08)]
    assert values == sorted(values)
    assert values[-1] > 2 * values[0]


def test_noise_has_no_direction() -> None:
    assert streak(grey(white())) < 0.12
