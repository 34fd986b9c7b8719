"""Ellipses of known area and texture of known spread."""

import numpy as np
import pytest

from medq_tasks.degrading.phantoms.shapes import ellipse, over, texture


@pytest.mark.parametrize("angle", [0, 30, 90])
def test_an_ellipse_covers_its_area_whatever_its_angle(angle):
    assert ellipse(0.1, -0.2, 0.3, 0.5, angle_deg=angle).mean() == pytest.approx(np.pi * 0.3 * 0.5 / 4, rel=0.02)


def test_texture_has_mean_0_and_spread_1_and_depends_on_its_seed():
    field = texture(1, 4)
    assert field.mean() == pytest.approx(0, abs=1e-9) and field.std() == pytest.approx(1)
    assert not np.allclose(field, texture(2, 4))


def test_what_is_laid_over_counts_by_its_cover():
    assert over(np.array([1.0, 1.0, 1.0]), 3.0, np.array([0.0, 0.5, 1.0])).tolist() == [1.0, 2.0, 3.0]
