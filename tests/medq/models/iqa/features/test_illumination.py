"""Uneven light."""

import numpy as np
import pytest

from medq.models.iqa.features.illumination import illumination
from tests.medq.models.iqa.features.pictures import disc, grey, scene


@pytest.mark.parametrize("stops", [0.0, 0.5, 1.5, 3.0])
def test_a_known_gradient_is_measured_in_stops(stops: float) -> None:
    y, x = np.mgrid[:240, :240] / 240
    light = 0.9 * 2.0 ** (-stops * (0.6 * x + 0.8 * y))
    assert illumination(grey(light)) == pytest.approx(stops, abs=0.06)


def test_texture_and_a_dark_surround_are_no_gradient() -> None:
    y, x = np.mgrid[:256, :256]
    texture = 0.5 + 0.2 * np.sin(x / 3) * np.sin(y / 3)
    assert illumination(grey(np.where(disc() > 0, texture, 0))) < 0.1


def test_a_gradient_adds_to_what_a_scene_has() -> None:
    x = np.linspace(0, 1, 256)
    assert illumination(grey(scene() * 2.0 ** (-2 * x))) > illumination(grey(scene())) + 0.5
