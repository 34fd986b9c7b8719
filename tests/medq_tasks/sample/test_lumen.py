"""The rendered endoscopic view."""

import numpy as np
import pytest

from medq_tasks.sample.lumen import Tube, render_lumen


@pytest.fixture(scope="module")
def view() -> np.ndarray:
    return render_lumen(side=96, seed=5, folds=6, bend=(0.0, 0.0))


def test_the_lumen_is_darker_than_the_wall_around_it(view: np.ndarray) -> None:
    grey = view.mean(axis=-1)
    assert grey[44:52, 44:52].mean() < 0.5 * grey[20:30, 20:30].mean()


def test_the_mucosa_is_reddish_and_the_corners_are_black(view: np.ndarray) -> None:
    red, green, blue = view[10:86, 10:86].mean(axis=(0, 1))
    assert red > green > blue > 0
    assert view[:8, :8].max() == 0


def test_the_same_seed_renders_the_same_view_and_another_seed_another(view: np.ndarray) -> None:
    assert np.array_equal(render_lumen(side=96, seed=5, folds=6, bend=(0.0, 0.0)), view)
    assert not np.allclose(render_lumen(side=96, seed=6, folds=6, bend=(0.0, 0.0)), view)


def test_a_bend_moves_the_lumen_to_its_side() -> None:
    bent = render_lumen(side=96, seed=5, folds=6, bend=(0.3, 0.0)).mean(axis=-1)
    inner = bent[24:72, 12:84]
    darkest = np.argwhere(inner < np.percentile(inner, 3))[:, 1].mean()
    assert darkest > 40


def test_folds_narrow_the_wall() -> None:
    depth = np.linspace(0.5, 12, 400)
    radius = Tube(6, (0.0, 0.0), 0.0).radius(depth, np.zeros_like(depth))
    assert radius.min() < 0.85
    assert radius.max() <= 1.05
