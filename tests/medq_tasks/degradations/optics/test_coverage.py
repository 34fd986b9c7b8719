import numpy as np
import pytest

from medq_tasks.degradations.optics.coordinates import axes, pixel
from medq_tasks.degradations.optics.coverage import along, cover, outline, window


@pytest.mark.parametrize("side", [64, 200, 500])
def test_a_disc_covers_its_area_at_any_resolution(side):
    y, x = axes((side, side))
    covered = cover(np.hypot(y, x) - 0.2, pixel((side, side)))
    assert np.isclose(covered.mean(), np.pi * 0.2**2, rtol=0.01)


def test_edges_are_anti_aliased():
    y, x = axes((101, 101))
    covered = cover(np.hypot(y, x) - 0.2, pixel((101, 101)))
    assert ((covered > 0) & (covered < 1)).sum() > 50


def test_a_window_holds_all_within_reach_and_is_empty_outside():
    inside = window((100, 150), (0.1, -0.3), 0.05)
    y, x = axes((100, 150))
    near = np.hypot(y - 0.1, x + 0.3) < 0.05
    drawn = np.zeros((100, 150), bool)
    drawn[inside.at] = np.hypot(inside.y, inside.x) < 0.05
    assert np.array_equal(drawn, near)
    assert window((100, 150), (5.0, 5.0), 0.05).y.size == 0


def test_a_smooth_outline_is_a_circle_and_a_rough_one_has_its_size():
    angle = np.linspace(0, 2 * np.pi, 720, dtype=np.float32)
    assert np.allclose(outline(np.random.default_rng(0), roughness=0.0).radius(angle), 1.0)
    rough = outline(np.random.default_rng(0), roughness=0.3).radius(angle)
    assert 0.9 < rough.mean() < 1.1
    assert rough.std() > 0.05


def test_distances_to_a_polyline_agree_with_brute_force():
    ys, xs = np.array([-0.2, 0.1, 0.3]), np.array([-0.4, 0.0, 0.4])
    distance, position, _ = along((60, 90), ys, xs, reach=0.3)
    y, x = axes((60, 90))
    t = np.linspace(0, 1, 2000)
    points = np.concatenate(
        [np.stack([ys[i] + t * (ys[i + 1] - ys[i]), xs[i] + t * (xs[i + 1] - xs[i])]) for i in (0, 1)], 1
    )
    brute = np.min(np.hypot(y[..., None] - points[0], x[..., None] - points[1]), axis=-1)
    near = brute < 0.29
    assert np.allclose(distance[near], brute[near], atol=1e-3)
    assert np.isinf(distance[brute > 0.31]).all()
    assert position[near].min() == 0.0
    assert position[near].max() == 1.0
