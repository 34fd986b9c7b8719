"""Level of the bright part."""

import numpy as np
import pytest

from medq.models.iqa.features.brightness import brightness
from tests.medq.models.iqa.features.pictures import disc, grey


@pytest.mark.parametrize("level", [0.2, 0.7])
def test_it_is_the_level_of_what_is_bright(level: float) -> None:
    assert brightness(grey(disc(inside=level))) == pytest.approx(level, abs=1e-4)


def test_it_falls_where_weak_echoes_leave_the_content() -> None:
    echoes = np.random.default_rng(0).random((128, 128))
    levels = [brightness(grey(np.clip(echoes - loss, 0, 1))) for loss in (0, 0.3, 0.6, 0.9)]
    assert levels == sorted(levels, reverse=True)
