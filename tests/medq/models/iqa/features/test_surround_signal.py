"""Signal in the air."""

import numpy as np
import pytest

from medq.models.iqa.features.surround_signal import body_and_air, surround_signal
from tests.medq.models.iqa.features.pictures import disc, grey, scene


@pytest.mark.parametrize("leak", [0.0, 0.03, 0.1])
def test_the_ratio_of_air_to_body_is_measured(leak: float) -> None:
    assert surround_signal(grey(disc(inside=0.8, outside=0.8 * leak))) == pytest.approx(leak, rel=0.1, abs=0.001)


def test_an_image_without_air_has_none() -> None:
    assert surround_signal(grey(0.5 + 0.2 * scene())) == 0


def test_holes_in_the_body_are_body() -> None:
    values = disc(inside=0.8)
    values[120:136, 120:136] = 0
    body, air = body_and_air(grey(values))
    assert body[128, 128]
    assert not air[128, 128]
    assert not (body & air).any()


def test_a_constant_image_has_neither_body_nor_air() -> None:
    body, air = body_and_air(grey(np.full((64, 64), 0.4)))
    assert not body.any()
    assert not air.any()
