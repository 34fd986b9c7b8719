"""A veil over the image."""

import numpy as np
import pytest

from medq.models.iqa.features.black_level import black_level
from tests.medq.models.iqa.features.pictures import disc, grey, scene


@pytest.mark.parametrize("veil", [0.0, 0.2, 0.5])
def test_a_veil_lifts_it_by_its_strength(veil: float) -> None:
    scale = (scene() - 0.2) / 0.6
    clear = black_level(grey(scale))
    assert black_level(grey(veil + (1 - veil) * scale)) == pytest.approx(veil + (1 - veil) * clear, abs=1e-4)


def test_the_dark_surround_of_the_field_does_not_hide_a_veil() -> None:
    assert black_level(grey(disc(inside=0.6))) == pytest.approx(0.6, abs=1e-4)


def test_one_dark_channel_is_enough() -> None:
    red = np.zeros((64, 64, 3))
    red[..., 0] = 0.9
    assert black_level(grey(red)) == 0
