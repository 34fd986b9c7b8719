"""Level of the bright part."""

import pytest

from medq.models.iqa.features.brightness import brightness
from tests.medq.models.iqa.features.pictures import disc, grey


@pytest.mark.parametrize("level", [0.2, 0.7])
def test_the_empty_surround_does_not_count(level: float) -> None:
    assert brightness(grey(disc(inside=level))) == pytest.approx(level, abs=1e-4)
