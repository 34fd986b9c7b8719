"""Range of grey values."""

import numpy as np
import pytest

from medq.models.iqa.features.contrast import contrast
from tests.medq.models.iqa.features.pictures import grey, scene


def test_a_ramp_has_98_percent_of_its_range() -> None:
    ramp = np.tile(np.linspace(0.2, 0.8, 200), (100, 1))
    assert contrast(grey(ramp)) == pytest.approx(0.6 * 0.98, abs=0.01)


@pytest.mark.parametrize("factor", [0.75, 0.5, 0.2])
def test_it_shrinks_with_the_contrast(factor: float) -> None:
    flat = 0.5 + factor * (scene() - 0.5)
    assert contrast(grey(flat)) == pytest.approx(factor * contrast(grey(scene())), abs=1e-4)
