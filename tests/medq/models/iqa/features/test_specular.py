"""White spots."""

import numpy as np
import pytest

from medq.models.iqa.features.specular import specular
from tests.medq.models.iqa.features.pictures import grey


def wall_with_spots(count: int, radius: int = 4) -> np.ndarray:
    values = np.full((200, 200, 3), (0.7, 0.4, 0.35))
    y, x = np.mgrid[:200, :200]
    for place in np.random.default_rng(0).integers(20, 180, (count, 2)):
        values[np.hypot(y - place[0], x - place[1]) <= radius] = 1.0
    return values


@pytest.mark.parametrize("count", [0, 3, 12])
def test_the_area_of_the_spots_is_measured(count: int) -> None:
    values = wall_with_spots(count)
    assert specular(grey(values)) == pytest.approx((values.min(axis=-1) == 1).mean(), abs=1e-6)


def test_a_white_half_is_no_reflection_except_at_its_edge() -> None:
    values = np.full((200, 200, 3), 0.4)
    values[:, 100:] = 1.0
    assert specular(grey(values)) < 0.1
