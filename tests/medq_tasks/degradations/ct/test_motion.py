"""Motion during a scan."""

import numpy as np
import pytest

from medq_tasks.degradations import apply
from medq_tasks.degradations.ct.motion import shifted, smooth_path
from medq_tasks.degradations.ct.projector import half_turn, projector


def test_the_path_is_still_half_way_and_reaches_one_at_its_furthest():
    path = smooth_path(101, np.random.default_rng(0))
    assert np.abs(path[:, 50]).max() < 1e-12
    assert np.hypot(path[0], path[1]).max() == pytest.approx(1)
    assert np.abs(path[2]).max() == pytest.approx(1)


def test_a_shifted_patient_is_a_shifted_projection(disk):
    operator = projector(256, half_turn(24))
    angles = np.array(operator.angles_rad)
    moved = operator.forward(np.roll(disk, (5, 9), (0, 1)))
    by = np.full(24, 9.0) * np.cos(angles) + np.full(24, 5.0) * np.sin(angles)
    assert np.abs(shifted(operator.forward(disk), by) - moved).max() < 0.02 * moved.max()


def test_a_moving_patient_is_not_one_rigidly_moved_image(slices):
    """The best single shift and rotation of the clean image must leave most of the change unexplained."""
    from scipy.ndimage import rotate, shift

    image = slices["abdomen"]
    degraded = apply("ct.motion", image, level="L2", seed=3).image
    moved = (
        rotate(shift(image, (dy, dx), order=1), angle, reshape=False, order=1)
        for dy in range(-6, 7, 2)
        for dx in range(-6, 7, 2)
        for angle in (-4, -2, 0, 2, 4)
    )
    best = min(np.linalg.norm(candidate - degraded) for candidate in moved)
    assert best > 0.5 * np.linalg.norm(image - degraded)
