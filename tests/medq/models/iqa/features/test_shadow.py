"""Shadows."""

import numpy as np
import pytest

from medq.models.iqa.features.shadow import shadow
from tests.medq.models.iqa.features.pictures import grey


@pytest.mark.parametrize("depth", [0.0, 0.4, 0.9])
def test_the_depth_of_a_dark_band_is_measured(depth: float) -> None:
    values = np.full((200, 200), 0.6)
    values[:, 80:120] *= 1 - depth
    assert shadow(grey(values)) == pytest.approx(depth, abs=0.02)


def test_a_dark_row_is_no_shadow() -> None:
    values = np.full((200, 200), 0.6)
    values[80:120] = 0.1
    assert shadow(grey(values)) < 0.01
