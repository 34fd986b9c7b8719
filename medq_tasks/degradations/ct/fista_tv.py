"""FISTA with total variation: the iterative reconstruction that keeps edges from few views and flattens texture."""

from __future__ import annotations

import math

import numpy as np

from medq_tasks.degradations.ct.normal_operator import apply_normal, largest_eigenvalue
from medq_tasks.degradations.ct.projector import Floats, Projector
from medq_tasks.degradations.total_variation import TotalVariation


def fista_tv(projector: Projector, sinogram: Floats, *, weight: float, iterations: int = 50) -> Floats:
    """argmin over x >= 0 of |A x - y|^2 / (2 L) + weight TV(x), (side, side), after `iterations` steps from 0.

    L is the largest eigenvalue of A^T A, so that `weight` has the unit of the slice whatever the number of views. Each
    step costs two FFTs, since A^T A is a convolution. Source: Beck and Teboulle 2009 (doi 10.1109/TIP.2009.2028250).
    """
    step = np.float32(1 / largest_eigenvalue(projector))
    backprojected = projector.adjoint(sinogram) * step
    proximal = TotalVariation((projector.side, projector.side))
    current = np.zeros_like(backprojected)
    ahead, momentum = current, 1.0
    for _ in range(iterations):
        descended = ahead - step * apply_normal(projector, ahead) + backprojected
        following = np.maximum(proximal(descended, weight), 0)
        next_momentum = (1 + math.sqrt(1 + 4 * momentum**2)) / 2
        ahead = following + np.float32((momentum - 1) / next_momentum) * (following - current)
        current, momentum = following, next_momentum
    return current
