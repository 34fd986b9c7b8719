"""SIRT, the simultaneous iterative reconstruction technique: smooth, slow to sharpen, without FBP's fine streaks."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.ct.projector import Floats, Projector

SHORTEST_RAY_PX = 2.0  # below, the band-limited ray length ripples round 0 and its inverse would blow up


def sirt(projector: Projector, sinogram: Floats, *, iterations: int = 100) -> Floats:
    """The slice (side, side) after x <- max(x + C A^T R (y - A x), 0) from 0.

    R holds 1 / ray length through the square (0 for rays shorter than 2 px), C holds 1 / the sum of each pixel's
    weights. Source: Gilbert 1972 (doi 10.1016/0022-5193(72)90180-4); Gregor and Benson 2008
    (doi 10.1109/TMI.2008.923696).
    """
    ones = np.ones((projector.side, projector.side), np.float32)
    length = projector.forward(ones)
    rays = np.where(length > SHORTEST_RAY_PX, 1 / np.maximum(length, SHORTEST_RAY_PX), 0).astype(np.float32)
    pixels = 1 / np.maximum(projector.adjoint((rays > 0).astype(np.float32)), 1)
    current = np.zeros_like(ones)
    for _ in range(iterations):
        residual = rays * (sinogram - projector.forward(current))
        current = np.maximum(current + pixels * projector.adjoint(residual), 0)
    return current
