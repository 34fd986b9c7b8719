"""Brier score."""

import numpy as np
import pytest

from medq_tasks.calibration import brier_score


def test_it_agrees_with_scikit_learn() -> None:
    from sklearn.metrics import brier_score_loss

    rng = np.random.default_rng(5)
    confidence, correct = rng.random(500), rng.random(500) < 0.6
    assert brier_score(confidence.tolist(), correct.tolist()) == pytest.approx(brier_score_loss(correct, confidence))


def test_no_answer_is_none() -> None:
    assert brier_score([], []) is None
