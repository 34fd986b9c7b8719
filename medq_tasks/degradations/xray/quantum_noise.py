"""Quantum noise: too few photons reach the detector, most of all behind dense tissue."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.photons import poisson
from medq_tasks.degradations.optics.radiograph import SPAN, to_intensity
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image


@degradation(
    "xray.quantum_noise",
    modalities=("xray",),
    category="noise",
    attribute="quantum noise",
    curves={"photons": Curve("a pixel in air", ((0.1, 2e4), (0.4, 1600.0), (0.9, 160.0), (1.0, 100.0)), log=True)},
    fixed={"span": SPAN},
    aliases=("quantum_mottle",),
    source="Poisson statistics of the detected photons; MedMNIST-C shot noise",
)
def quantum_noise(image: Image, rng: np.random.Generator, *, photons: float, span: float = SPAN) -> Effect:
    """out = -ln(N / `photons`) / `span`, N ~ Poisson(`photons` exp(-`span` image)).

    Variance of the displayed value: 1 / (E[N] span^2), so white (dense) areas are noisier. Colour channels share one
    count. The same random numbers at every dose; an empty pixel counts as half a photon.
    """
    normal = rng.standard_normal(image.shape[:2])
    grey = image if image.ndim == 2 else image.mean(axis=-1)
    expected = photons * to_intensity(grey.astype(np.float32), span=span).astype(np.float64)
    counts = np.maximum(poisson(expected, normal), 0.5)
    noise = -np.log(counts / expected) / span
    noisy = image + (noise if image.ndim == 2 else noise[..., None])
    return Effect(np.clip(noisy, 0.0, 1.0).astype(np.float32), assumed=("span",))
