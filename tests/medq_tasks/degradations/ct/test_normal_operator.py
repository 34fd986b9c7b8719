"""A^T A as a convolution, beside A^T (A x)."""

import numpy as np

from medq_tasks.degradations.ct.normal_operator import apply_normal, largest_eigenvalue
from medq_tasks.degradations.ct.projector import half_turn, projector


def test_the_convolution_is_the_projection_and_backprojection():
    operator = projector(128, half_turn(50))
    x = np.random.default_rng(0).random((128, 128), dtype=np.float32)
    expected = operator.adjoint(operator.forward(x))
    assert np.linalg.norm(apply_normal(operator, x) - expected) < 1e-3 * np.linalg.norm(expected)


def test_no_image_is_amplified_more_than_by_the_largest_eigenvalue():
    operator = projector(96, half_turn(40))
    rng = np.random.default_rng(1)
    bound = largest_eigenvalue(operator)
    for _ in range(5):
        x = rng.standard_normal((96, 96)).astype(np.float32) + 0.5
        for _ in range(4):
            x = apply_normal(operator, x / np.linalg.norm(x))
        assert np.linalg.norm(x) < bound
