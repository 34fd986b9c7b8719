"""Speckle."""

import numpy as np
import pytest

from medq.models.iqa.features.speckle import speckle
from tests.medq.models.iqa.features.pictures import grey


def test_fully_developed_speckle_has_the_ratio_of_a_rayleigh_distribution() -> None:
    amplitude = np.random.default_rng(6).rayleigh(0.15, (256, 256))
    assert speckle(grey(amplitude)) == pytest.approx(np.sqrt(4 / np.pi - 1), rel=0.05)


def test_averaging_looks_lowers_it_by_their_root() -> None:
    looks = np.random.default_rng(7).rayleigh(0.15, (4, 256, 256))
    assert speckle(grey(looks.mean(axis=0))) == pytest.approx(np.sqrt(4 / np.pi - 1) / 2, rel=0.05)
