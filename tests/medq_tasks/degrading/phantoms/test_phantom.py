"""Rendered stand-ins: the same every time, and with the parts that degradations act on."""

import numpy as np
import pytest

from medq_tasks.degrading.phantoms import RENDERED, phantom


@pytest.mark.parametrize("name", RENDERED)
def test_a_phantom_is_the_same_every_time_and_uses_the_grey_scale(name):
    picture = phantom(name)
    assert picture.shape == ((320, 320, 3) if name == "dermoscopy" else (320, 320))
    assert picture.dtype == np.uint8 and np.array_equal(picture, phantom(name))
    assert picture.std() > 25 and np.ptp(picture) > 150


@pytest.mark.parametrize("name", ["ct", "mri", "ultrasound"])
def test_what_is_scanned_lies_in_black(name):
    picture = phantom(name)
    assert (picture[:, 0] == 0).mean() > 0.5 and 0.15 < (picture == 0).mean() < 0.7


def test_an_unknown_phantom_names_the_known_ones():
    with pytest.raises(ValueError, match="no phantom of 'pet'; there are: ct, mri"):
        phantom("pet")
