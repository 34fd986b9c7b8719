"""Clipped pixels."""

import numpy as np
import pytest

from medq.models.iqa.features.saturation import saturation
from tests.medq.models.iqa.features.pictures import grey


@pytest.mark.parametrize("share", [0.0, 0.1, 0.4])
def test_the_share_of_clipped_pixels_is_counted(share: float) -> None:
    values = np.full((100, 100), 0.5)
    values[: round(100 * share)] = 1.0
    assert saturation(grey(values)) == pytest.approx(share, abs=1e-6)


def test_a_saturated_colour_is_not_clipped_in_all_channels() -> None:
    red = np.zeros((50, 50, 3))
    red[..., 0] = 1.0
    assert saturation(grey(red)) == 0
