"""Uneven light."""

import numpy as np
import pytest

from medq.models.iqa.features.illumination import illumination
from tests.medq.models.iqa.features.pictures import disc, grey, scene


@pytest.mark.parametrize("stops", [0.0, 0.5, 1.5])
def test_a_known_gradient_has_the_standard_deviation_of_a_uniform_spread(stops: float) -> None:
    y, x = np.mgrid[:240, :240] / 240
    light = 0.9 * 2.0 ** (-stops * (0.6 * x + 0.8 * y))
    assert illumination(grey(light)) == pytest.approx(stops / np.sqrt(12), abs=0.02)


def test_an_empty_region_inside_is_not_shade() -> None:
    field = np.full((240, 240), 0.6)
    field[80:160, 80:160] = 0.05
    assert illumination(grey(field)) < 0.01


def test_texture_and_a_dark_surround_are_little_shade() -> None:
    y, x = np.mgrid[:256, :256]
    texture = 0.5 + 0.2 * np.sin(x / 3) * np.sin(y / 3)
    assert illumination(grey(np.where(disc() > 0, texture, 0))) < 0.15


def test_a_gradient_adds_to_what_a_scene_has() -> None:
    x = np.linspace(0, 1, 256)
    assert illumination(grey(scene() * 2.0 ** (-2 * x))) > illumination(grey(scene())) + 0.15
