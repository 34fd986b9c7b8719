"""Masks and the acceleration that they really give."""

import itertools

import numpy as np
import pytest

from medq_tasks.degradations.mri.acquisition import coil_maps
from medq_tasks.degradations.mri.cartesian import CartesianEncoding
from medq_tasks.degradations.mri.sampling import cartesian_lines, centre_block, centre_lines
from medq_tasks.errors import DegradationError


def _lines(pattern, acceleration, share=24 / 512, lines=512, seed=0):
    rng = np.random.default_rng(seed)
    return cartesian_lines(lines, pattern=pattern, acceleration=acceleration, centre_share=share, rng=rng)


@pytest.mark.parametrize(("acceleration", "real"), [(2, 1.91), (4, 3.51)])
def test_a_measured_centre_of_24_lines_lowers_the_acceleration_to_the_known_values(acceleration, real):
    measured = _lines("equispaced", acceleration)
    encoding = CartesianEncoding(coil_maps((512, 4), 1), measured)
    assert encoding.real_acceleration == pytest.approx(real, abs=0.03)
    assert encoding.real_acceleration == 512 / measured.sum()


@pytest.mark.parametrize("acceleration", [2, 3, 5, 8])
def test_variable_density_measures_exactly_the_share_asked_for(acceleration):
    assert _lines("variable_density", acceleration).sum() == round(512 / acceleration)


def test_equispaced_lines_are_equally_spaced_outside_the_centre():
    measured = _lines("equispaced", 5)
    outside = np.flatnonzero(measured & ~centre_lines(512, 24 / 512))
    assert set(np.diff(outside)[np.diff(outside) < 20]) == {5}


def test_variable_density_masks_are_nested_and_denser_in_the_middle():
    masks = [_lines("variable_density", r) for r in (2, 3, 4, 6, 8)]
    assert all((few <= many).all() for many, few in itertools.pairwise(masks))
    middle, rim = masks[1][200:312].mean(), np.concatenate([masks[1][:100], masks[1][412:]]).mean()
    assert middle > 2 * rim


def test_the_centre_is_always_measured_and_found_again():
    measured = _lines("equispaced", 6)
    block = centre_block(measured)
    assert measured[block].all() and 24 <= block.stop - block.start <= 26
    assert block.start <= 244 and block.stop >= 268


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"pattern": "spiral", "acceleration": 2}, "pattern must be one of"),
        ({"pattern": "equispaced", "acceleration": 0.5}, "acceleration must lie in"),
        ({"pattern": "equispaced", "acceleration": 400}, "acceleration must lie in"),
        ({"pattern": "equispaced", "acceleration": 2, "share": 1.5}, "centre_share must lie in"),
    ],
)
def test_impossible_sampling_is_refused(arguments, words):
    with pytest.raises(DegradationError, match=words):
        _lines(**arguments)
