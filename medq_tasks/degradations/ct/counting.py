"""Photon counting: Poisson numbers that fall and rise together with their mean, and the detector's logarithm."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from medq_tasks.degradations.ct.projector import Floats

EXACT_BELOW = 25.0  # photons; above, the expansion's error is far below the Poisson spread
LOWEST_COUNT = 0.5  # photons; the logarithm of a starved ray is taken here


def coupled_poisson(mean: npt.NDArray[np.float64], normal: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Poisson numbers with the given means, made from standard normal numbers of the same shape.

    The same `normal` gives numbers that rise with the mean, which common random numbers over severities need and
    `Generator.poisson` does not give. Below 25 photons the quantile is exact; above, it is the Cornish-Fisher expansion
    mean + sqrt(mean) z + (z^2 - 1) / 6 + (z - z^3) / (72 sqrt(mean)), rounded.
    """
    root = np.sqrt(mean)
    with np.errstate(divide="ignore", invalid="ignore"):
        expanded = mean + root * normal + (normal**2 - 1) / 6 + (normal - normal**3) / (72 * root)
    counts: npt.NDArray[np.float64] = np.maximum(np.rint(expanded), 0)
    few = mean < EXACT_BELOW
    if few.any():
        counts[few] = _quantile(ndtr(normal[few]), mean[few])
    return counts


def _quantile(share: npt.NDArray[np.float64], mean: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The smallest k with P(N <= k) >= share, for means below `EXACT_BELOW`."""
    counts = np.zeros(mean.shape)
    term = np.exp(-mean)
    below = term.copy()
    for k in range(1, int(EXACT_BELOW + 12 * np.sqrt(EXACT_BELOW))):
        open_ = share > below
        if not open_.any():
            break
        counts[open_] = k
        term = term * mean / k
        below = below + term
    return counts


def measured_projections(
    line_integrals: Floats, *, photons: float, electronic_noise: float, rng: np.random.Generator
) -> Floats:
    """Noisy line integrals p = -ln(N / I0), the shape of the input, from N = Poisson(I0 exp(-p)) + Normal(0, s_e).

    `photons` I0 is the number that reaches a detector bin without the patient, `electronic_noise` s_e is in
    photons. Counts below 0.5 are set to 0.5 (photon starvation). For small noise var(p) = e^p / I0 + s_e^2 e^2p / I0^2.
    """
    quantum = rng.standard_normal(line_integrals.shape)
    electronic = rng.standard_normal(line_integrals.shape)
    counts = coupled_poisson(photons * np.exp(-line_integrals.astype(np.float64)), quantum)
    counts += electronic_noise * electronic
    return np.log(photons / np.maximum(counts, LOWEST_COUNT)).astype(np.float32)
