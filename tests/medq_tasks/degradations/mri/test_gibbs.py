"""Truncated k-space."""

import numpy as np
import pytest

from medq_tasks.degradations import apply
from medq_tasks.errors import DegradationError


@pytest.fixture(scope="module")
def edge():
    image = np.full((256, 256), 0.2, np.float32)
    image[:, 64:192] = 0.7
    return image


@pytest.mark.parametrize("share", [0.2, 0.4])
def test_an_edge_overshoots_by_nine_percent_and_rings_with_the_period_of_the_cut(edge, share):
    row = apply("mri.gibbs_ringing", edge, params={"kept_share": share}, seed=3).image[128]
    assert (row[66:128].max() - 0.7) / 0.5 == pytest.approx(0.09, abs=0.02)
    ringing = row[72:184] - row[72:184].mean()
    period = 112 / np.abs(np.fft.rfft(ringing * np.hanning(112)))[3:].argmax() if share == 0.4 else None
    crossings = np.diff(np.sign(ringing)).nonzero()[0]
    assert 2 * np.diff(crossings).mean() == pytest.approx(2 / share, rel=0.2), period


def test_no_energy_is_left_above_the_cut_off(edge):
    from medq_tasks.degradations.mri.acquisition import to_kspace

    image = edge * 0.5 + 0.2 * np.random.default_rng(0).random(edge.shape).astype(np.float32)
    result = apply("mri.gibbs_ringing", image, params={"kept_share": 0.3}, seed=3).image
    power = np.abs(to_kspace(result)) ** 2
    far = np.abs(np.arange(256) - 128) > 0.5 * 0.35 * 256
    assert power[far].sum() < 1e-3 * (np.abs(to_kspace(image)) ** 2)[far].sum()


def test_one_axis_alone_can_be_cut(edge):
    params = {"kept_share": 0.2, "both_axes": False, "phase_axis": 0}
    assert np.abs(apply("mri.gibbs_ringing", edge, params=params, seed=3).image - edge).max() < 0.01


def test_keeping_nothing_is_refused(edge):
    with pytest.raises(DegradationError, match=r"kept_share must lie in \(0, 1\]"):
        apply("mri.gibbs_ringing", edge, params={"kept_share": 0.0}, seed=1)
