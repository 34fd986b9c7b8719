"""Smooth random fields that do not depend on the resolution they are evaluated at."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.coordinates import Field, Shape, axes


def waves(
    rng: np.random.Generator,
    shape: Shape,
    *,
    wavelength: float,
    octaves: float = 1.0,
    slope: float = 1.0,
    count: int = 48,
) -> Field:
    """A stationary Gaussian-like random field (H, W), float32, mean 0 and variance 1 over realisations.

    It is a sum of `count` plane waves of random direction and phase (the spectral method for random fields: Shinozuka
    and Deodatis, Appl Mech Rev 1991;44:191), with wavelengths from `wavelength` (in shorter sides) down over `octaves`,
    log-uniform, and amplitudes falling as wavelength**slope. The same generator state gives the same field at any
    resolution: exactly 3 * `count` uniform numbers are drawn.
    """
    turn, phase, octave = rng.uniform(size=(3, count))
    factor = 2.0 ** (-octaves * octave)
    amplitude = factor**slope
    amplitude *= np.sqrt(2.0 / np.sum(amplitude**2))
    number = 2 * np.pi / (wavelength * factor)
    y, x = axes(shape)
    # cos(a + b) = cos a cos b - sin a sin b turns a sum over pixels and waves into two matrix products
    down = y * (number * np.sin(2 * np.pi * turn)) + 2 * np.pi * phase
    across = x.T * (number * np.cos(2 * np.pi * turn))
    field = (amplitude * np.cos(down)) @ np.cos(across).T - (amplitude * np.sin(down)) @ np.sin(across).T
    return np.asarray(field, dtype=np.float32)
