"""Shifted copies."""

import numpy as np
import pytest

from medq.models.iqa.features.ghost import ghost
from tests.medq.models.iqa.features.pictures import grey, white


@pytest.mark.parametrize("strength", [0.1, 0.3, 0.6])
@pytest.mark.parametrize("axis", [0, 1])
def test_a_copy_of_known_strength_gives_its_correlation(strength: float, axis: int) -> None:
    texture = white(mean=0, sigma=0.06)
    ghosted = 0.5 + texture + strength * np.roll(texture, 64, axis=axis)
    assert ghost(grey(ghosted)) == pytest.approx(strength / (1 + strength**2), abs=0.04)


def test_an_image_without_a_copy_has_next_to_none() -> None:
    assert ghost(grey(white())) < 0.03


def test_a_constant_image_has_none() -> None:
    assert ghost(grey(np.full((64, 64), 0.5))) == 0
