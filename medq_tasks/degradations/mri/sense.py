"""SENSE: the folded image unfolded with known coil sensitivities, by conjugate gradients."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.mri.acquisition import Complex
from medq_tasks.degradations.mri.encoding import Encoding


def cg_sense(encoding: Encoding, data: Complex, *, weight: float, iterations: int = 20) -> Complex:
    """argmin |E x - y|^2 + weight |x|^2, (H, W), by conjugate gradients on the normal equations from 0.

    Noise grows where the coils see alike (g-factor). Source: Pruessmann et al. 2001 (doi 10.1002/mrm.1241).
    """
    residual = encoding.adjoint(data)
    current = np.zeros_like(residual)
    direction, power = residual.copy(), _power(residual)
    for _ in range(iterations):
        if power < 1e-20:
            break
        curved = encoding.normal(direction) + np.float32(weight) * direction
        step = np.float32(power / np.vdot(direction, curved).real)
        current += step * direction
        residual -= step * curved
        previous, power = power, _power(residual)
        direction = residual + np.float32(power / previous) * direction
    return current


def _power(a: Complex) -> float:
    return float(np.vdot(a, a).real)
