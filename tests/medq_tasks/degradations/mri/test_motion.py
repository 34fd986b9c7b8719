"""Motion that really mixes lines of k-space."""

import numpy as np
import pytest

from medq_tasks.degradations import apply
from medq_tasks.degradations.mri.acquisition import to_image, to_kspace, with_phase
from medq_tasks.degradations.mri.motion import moving_kspace, trajectory


def _still(lines):
    return np.zeros((2, lines)), np.zeros(lines)


def test_without_motion_the_kspace_is_the_images(slices):
    image = with_phase(slices["wide"], np.random.default_rng(0))
    assert np.abs(moving_kspace(image, *_still(150)) - to_kspace(image)).max() < 1e-5 * np.abs(to_kspace(image)).max()


def test_a_constant_shift_of_whole_pixels_shifts_the_image(slices):
    image = slices["abdomen"].astype(np.complex64)
    shift, angle = _still(192)
    shift[0], shift[1] = 7, -11
    moved = to_image(moving_kspace(image, shift, angle))
    assert np.abs(moved - np.roll(image, (7, -11), (0, 1))).max() < 1e-4


def test_a_constant_angle_turns_the_image(slices):
    from scipy.ndimage import gaussian_filter, rotate

    y, x = np.mgrid[:129, :129] - 64
    image = gaussian_filter(((np.abs(x - 12) < 20) & (np.abs(y) < 9)).astype(np.float32), 2)
    shift, angle = _still(129)
    turned = np.abs(to_image(moving_kspace(image.astype(np.complex64), shift, angle + np.deg2rad(30))))
    candidates = [np.linalg.norm(turned - rotate(image, a, reshape=False, order=3)) for a in (30, -30)]
    assert min(candidates) < 0.02 * np.linalg.norm(image)


def test_shifts_change_the_phase_of_kspace_only_and_keep_the_energy(slices):
    image = with_phase(slices["abdomen"], np.random.default_rng(0))
    path = trajectory(192, 16, np.random.default_rng(2))
    moved = moving_kspace(image, 6 * path[:2], np.zeros(192))
    assert np.allclose(np.abs(moved), np.abs(to_kspace(image)), atol=1e-4)
    assert np.linalg.norm(to_image(moved)) == pytest.approx(np.linalg.norm(image), rel=1e-5)


def test_no_single_rigid_move_explains_the_artefact(slices):
    from scipy.ndimage import rotate, shift

    image = slices["abdomen"]
    degraded = apply("mri.motion", image, level="L2", seed=1).image
    moved = (
        rotate(shift(image, (dy, dx), order=1), angle, reshape=False, order=1)
        for dy in range(-6, 7, 2)
        for dx in range(-6, 7, 2)
        for angle in (-4, -2, 0, 2, 4)
    )
    best = min(np.linalg.norm(candidate - degraded) for candidate in moved)
    assert best > 0.6 * np.linalg.norm(image - degraded)


def test_motion_ghosts_along_the_phase_axis():
    image = np.zeros((128, 128), np.float32)
    image[50:78, 50:78] = 0.8
    for axis in (0, 1):
        params = {"phase_axis": axis, "translation_percent": 3.0, "rotation_deg": 0.0}
        ghosts = apply("mri.motion", image, params=params, seed=1).image
        beside = [ghosts[:30].sum() + ghosts[98:].sum(), ghosts[:, :30].sum() + ghosts[:, 98:].sum()]
        assert beside[axis] > 2 * beside[1 - axis]


def test_the_centre_line_is_where_the_patient_stays():
    path = trajectory(200, 12, np.random.default_rng(0))
    assert np.abs(path[:, 100]).max() == 0
    assert np.hypot(path[0], path[1]).max() == pytest.approx(1)
