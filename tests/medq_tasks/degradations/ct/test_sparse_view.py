"""Streaks of too few views."""

import itertools

import numpy as np

from medq_tasks.degradations import apply
from medq_tasks.degradations.fidelity import psnr, ssim


def test_fewer_views_are_strictly_worse(slices):
    image = slices["abdomen"]
    scores = []
    for views in (360, 180, 120, 90, 60, 45, 30):
        degraded = apply("ct.sparse_view", image, params={"views": views}, seed=1).image
        scores.append((psnr(image, degraded), ssim(image, degraded)))
    assert all(a[0] > b[0] and a[1] > b[1] for a, b in itertools.pairwise(scores))


def test_streaks_of_a_point_run_along_the_measured_directions():
    image = np.full((128, 128), 0.5, np.float32)
    image[64, 64] = 1.0
    window = {"window_hu": [-1000, 1000], "pixel_mm": 1.0}
    result = apply("ct.sparse_view", image, params={"views": 9, **window}, seed=4)
    error = result.image - image
    angle = np.deg2rad(result.meta.facts["start_deg"] + 20 * np.arange(9))
    radius = 40
    along = [error[round(64 + radius * np.cos(a)), round(64 - radius * np.sin(a))] for a in angle]
    between = [error[round(64 + radius * np.cos(a)), round(64 - radius * np.sin(a))] for a in angle + np.deg2rad(10)]
    assert np.mean(along) > np.mean(between)
