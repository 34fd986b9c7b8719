"""Rings are rings."""

import numpy as np
import pytest

from medq_tasks.degradations import apply
from medq_tasks.degradations.ct.filtered_backprojection import filtered_backprojection
from medq_tasks.degradations.ct.projector import half_turn, projector
from medq_tasks.degradations.ct.ring import gain_errors


def _share_explained_by_radius(change, side):
    y, x = np.mgrid[:side, :side] - side // 2
    radius = np.rint(np.hypot(x, y)).astype(int)
    inside = (radius > 6) & (radius < 0.45 * side)
    count = np.maximum(np.bincount(radius[inside]), 1)
    mean = np.bincount(radius[inside], change[inside]) / count
    return 1 - np.var(change[inside] - mean[radius[inside]]) / np.var(change[inside])


def _change(angles, side=256):
    operator = projector(side, angles)
    errors, _ = gain_errors(operator.bins, np.random.default_rng(5), width_px=2)
    sinogram = np.broadcast_to(errors * 0.01, (operator.views, operator.bins)).astype(np.float32)
    return filtered_backprojection(operator, sinogram)


def test_a_full_turn_makes_rings_and_a_half_turn_would_not():
    full, half = _change(2 * half_turn(360)), _change(half_turn(360))
    assert _share_explained_by_radius(full, 256) > 0.9
    assert _share_explained_by_radius(half, 256) < 0.7


def test_rings_appear_round_the_middle_of_the_image():
    image = np.full((256, 256), 0.5, np.float32)
    result = apply("ct.ring", image, level="L2", params={"window_hu": [-1000, 1000]}, seed=1)
    assert _share_explained_by_radius(result.image - image, 256) > 0.85


def test_ring_strength_is_proportional_to_the_gain_error(slices):
    image = np.clip(slices["abdomen"], 0.3, 0.7)
    small, large = (apply("ct.ring", image, params={"gain_sd": sd}, seed=1).image - image for sd in (0.0005, 0.001))
    assert large.std() / small.std() == pytest.approx(2, rel=0.02)


def test_the_facts_count_the_bad_elements():
    error, bad = gain_errors(1000, np.random.default_rng(0), width_px=1)
    assert bad > 5 and (np.abs(error) > 4).sum() >= bad // 3
