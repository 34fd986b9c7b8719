"""The total-variation step beside scikit-image's."""

import numpy as np
import pytest

from medq_tasks.degradations.total_variation import TotalVariation

RNG = np.random.default_rng(2)
X = (np.kron(RNG.random((6, 5)), np.ones((8, 9))) + 0.1 * RNG.standard_normal((48, 45))).astype(np.float32)
WEIGHT = 0.08


def _objective(u):
    down, right = np.zeros_like(u), np.zeros_like(u)
    down[:-1], right[:, :-1] = u[1:] - u[:-1], u[:, 1:] - u[:, :-1]
    variation = np.sqrt(np.abs(down) ** 2 + np.abs(right) ** 2).sum()
    return 0.5 * float((np.abs(u - X) ** 2).sum()) + WEIGHT * float(variation)


def test_the_step_reaches_the_minimum_that_scikit_image_reaches():
    from skimage.restoration import denoise_tv_chambolle

    ours = TotalVariation(X.shape, inner_steps=400)(X, WEIGHT)
    theirs = denoise_tv_chambolle(X, weight=WEIGHT, eps=1e-9, max_num_iter=2000)
    assert _objective(ours) == pytest.approx(_objective(theirs), rel=1e-3)
    assert np.abs(ours - theirs).max() < 0.02


def test_a_kept_dual_makes_few_steps_enough():
    proximal = TotalVariation(X.shape)
    once = proximal(X, WEIGHT)
    for _ in range(60):
        often = proximal(X, WEIGHT)
    best = TotalVariation(X.shape, inner_steps=400)(X, WEIGHT)
    assert _objective(often) < _objective(once)
    assert _objective(often) == pytest.approx(_objective(best), rel=1e-3)


def test_a_complex_image_of_one_phase_is_smoothed_as_its_magnitude():
    real = TotalVariation(X.shape, inner_steps=20)(X, WEIGHT)
    turned = TotalVariation(X.shape, np.complex64, inner_steps=20)((X * np.exp(0.7j)).astype(np.complex64), WEIGHT)
    assert np.allclose(turned * np.exp(-0.7j), real, atol=1e-5)


def test_no_weight_changes_nothing_and_a_large_one_leaves_the_mean():
    assert np.allclose(TotalVariation(X.shape)(X, 1e-12), X, atol=1e-5)
    flat = TotalVariation(X.shape, inner_steps=3000)(X, 100.0)
    assert np.ptp(flat) < 0.1 * np.ptp(X) and flat.mean() == pytest.approx(X.mean(), abs=1e-4)
