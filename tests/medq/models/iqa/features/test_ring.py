"""Rings."""

import numpy as np

from medq.models.iqa.features.ring import ring
from tests.medq.models.iqa.features.pictures import grey, scene, white


def ringed(strength: float, side: int = 256) -> np.ndarray:
    y, x = np.mgrid[:side, :side] - (side - 1) / 2
    gains = np.random.default_rng(4).standard_normal(side)
    return 0.2 + 0.6 * scene() + strength * gains[np.hypot(x, y).astype(int)]


def test_rings_raise_it_with_their_strength() -> None:
    values = [ring(grey(ringed(strength))) for strength in (0.0, 0.01, 0.03)]
    assert values == sorted(values)
    assert values[0] < 0.1 < values[-1]


def test_noise_is_no_ring() -> None:
    assert ring(grey(white())) < 0.1


def test_stripes_are_no_ring() -> None:
    stripes = np.tile(np.random.default_rng(5).random(256), (256, 1))
    assert ring(grey(stripes)) < 0.2


def test_a_constant_image_has_none() -> None:
    assert ring(grey(np.full((64, 64), 0.5))) == 0
