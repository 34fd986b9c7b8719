"""Smear in one direction."""

import pytest
from scipy.ndimage import gaussian_filter, rotate

from medq.models.iqa.features.anisotropy import anisotropy
from tests.medq.models.iqa.features.pictures import grey, white


def test_an_isotropic_image_has_next_to_none() -> None:
    assert anisotropy(grey(white())) < 0.02


@pytest.mark.parametrize("angle", [0, 30, 45, 90])
def test_smear_shows_in_any_direction(angle: float) -> None:
    smeared = rotate(gaussian_filter(white(420), (0, 3)), angle, reshape=False, order=1)[82:338, 82:338]
    assert anisotropy(grey(smeared)) > 0.25


def test_longer_smear_gives_more() -> None:
    values = [anisotropy(grey(gaussian_filter(white(), (0.5, 0.5 + extra)))) for extra in (0, 1, 2, 4)]
    assert values == sorted(values)
