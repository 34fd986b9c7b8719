"""The projection-slice operator beside an analytic sinogram and scikit-image."""

import numpy as np
import pytest

from medq_tasks.degradations.ct.projector import detector_bins, half_turn, projector


def _analytic_disk(operator, radius):
    s = np.arange(operator.bins) - operator.bins // 2
    return np.broadcast_to(2 * np.sqrt(np.maximum(radius**2 - s**2, 0)), (operator.views, operator.bins))


def test_the_sinogram_of_a_disk_is_the_analytic_one(disk):
    operator = projector(256, half_turn(60))
    expected = _analytic_disk(operator, 60)
    error = np.linalg.norm(operator.forward(disk) - expected) / np.linalg.norm(expected)
    assert error < 0.01  # of the pixels: the edge of the drawn disk is one pixel wide


def test_the_projection_of_a_shifted_point_follows_the_documented_geometry():
    operator = projector(64, np.array([0.0, np.pi / 2, np.pi / 4]))
    image = np.zeros((64, 64), np.float32)
    image[32 + 10, 32 + 20] = 1  # 10 down, 20 to the right
    peaks = operator.forward(image).argmax(1) - operator.bins // 2
    assert peaks.tolist() == [20, 10, round(30 / np.sqrt(2))]


def test_forward_agrees_with_scikit_image_radon(disk):
    from skimage.transform import radon

    shifted = np.roll(disk, (15, -20), (0, 1))[32:224, 32:224]
    operator = projector(192, half_turn(12))
    theirs = radon(shifted, theta=-np.rad2deg(operator.angles_rad), circle=True)
    ours = operator.forward(np.ascontiguousarray(shifted))
    middle = operator.bins // 2
    assert np.linalg.norm(ours[:, middle - 96 : middle + 96].T - theirs) / np.linalg.norm(theirs) < 0.02


def test_the_adjoint_is_exact():
    rng = np.random.default_rng(3)
    operator = projector(96, half_turn(40))
    x = rng.standard_normal((96, 96)).astype(np.float32)
    y = rng.standard_normal((40, operator.bins)).astype(np.float32)
    left = np.vdot(operator.forward(x).astype(float), y)
    right = np.vdot(x.astype(float), operator.adjoint(y))
    assert abs(left - right) < 1e-4 * np.linalg.norm(operator.forward(x)) * np.linalg.norm(y)


@pytest.mark.parametrize("side", [8, 62, 128, 512, 1000])
def test_the_detector_covers_the_diagonal_with_an_even_number_of_bins(side):
    bins = detector_bins(side)
    assert bins % 2 == 0 and np.sqrt(2) * side + 4 <= bins < np.sqrt(2) * side * 1.1 + 12


def test_repeated_projections_are_equal_bit_for_bit(disk):
    operator = projector(256, half_turn(45))
    sinogram = operator.forward(disk)
    assert all(np.array_equal(operator.forward(disk), sinogram) for _ in range(5))
    back = operator.adjoint(sinogram)
    assert all(np.array_equal(operator.adjoint(sinogram), back) for _ in range(5))
