"""All statistics together."""

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from medq.models.iqa.attributes import attributes
from medq.models.iqa.picture import open_picture
from medq.models.iqa.statistics import STATISTICS, measure


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(32, 70), st.integers(32, 70), st.sampled_from([0.0, 0.5, 1.0]))
def test_any_image_has_finite_statistics(seed: int, height: int, width: int, flat: float) -> None:
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width), dtype=np.uint8)
    pixels[: round(height * flat)] = seed % 256
    assert all(math.isfinite(value) for value in measure(open_picture(pixels)).values())


def test_measuring_changes_nothing_and_gives_the_same_again() -> None:
    pixels = np.random.default_rng(1).random((64, 64)).astype(np.float32)
    picture = open_picture(pixels)
    before = picture.rgb.copy()
    assert measure(picture) == measure(open_picture(pixels))
    assert np.array_equal(picture.rgb, before)


def test_every_statistic_serves_an_attribute() -> None:
    used = {name for attribute in attributes().values() for name, _ in attribute.signed()}
    assert used == set(STATISTICS)
