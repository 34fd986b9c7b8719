"""Tissue cut: a nick in the knife tears the section, and glass shows through the gap."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.channels import spread
from medq_tasks.degradations.optics.coordinates import axes, half_extent, pixel
from medq_tasks.degradations.optics.field import waves
from medq_tasks.degradations.optics.layer import within
from medq_tasks.degradations.optics.transmission import empty_glass
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image

_MOST = 4


@degradation(
    "histopathology.tissue_cut",
    modalities=("histopathology",),
    category="artifacts",
    attribute="tissue cut",
    curves={
        "count": Curve("cuts", ((0.1, 1), (0.4, 2), (0.9, 4)), integer=True),
        "width": Curve("shorter sides", ((0.1, 0.012), (0.4, 0.022), (0.9, 0.055), (1.0, 0.065))),
    },
    fixed={"lip": 1.0},
    local=True,
    source="attribute of MedQ-Bench; tears and uneven sectioning of Wang et al. (J Pathol Inform 2021;12:54)",
)
def tissue_cut(image: Image, rng: np.random.Generator, *, count: int, width: float, lip: float = 1.0) -> Effect:
    """`count` (at most 4) nearly parallel gaps of up to `width` shorter sides that show empty glass.

    The gaps run along the knife's direction, ragged and of uneven width, closing in places. The edges are curled up:
    a seam a quarter of the gap wide is darker by the power 1 + `lip` (more tissue in the light's way). Same lines
    at every severity.
    """
    angle = float(rng.uniform(0.0, np.pi))
    offsets = (
        (np.array([0.0, -0.3, 0.32, 0.15]) + rng.uniform(-0.1, 0.1, size=_MOST)) * max(half_extent(image.shape)) * 2
    )
    bends = [waves(rng, image.shape, wavelength=1.2, octaves=2.0, slope=1.4, count=16) for _ in range(_MOST)]
    edge = waves(rng, image.shape, wavelength=0.06, octaves=2.0, slope=1.0)
    opening = waves(rng, image.shape, wavelength=0.5, octaves=1.0)
    y, x = axes(image.shape)
    across = -x * np.sin(angle) + y * np.cos(angle)
    half = 0.5 * width * np.clip(0.65 + 0.3 * opening + 0.15 * edge, 0.0, 1.0)
    gap = np.zeros(image.shape[:2], dtype=np.float32)
    seam = np.zeros_like(gap)
    for offset, bend in list(zip(offsets, bends, strict=True))[: int(count)]:
        distance = np.abs(across - offset + 0.02 * bend)
        gap = np.maximum(gap, np.clip(0.5 + (half - distance) / pixel(image.shape), 0.0, 1.0) * (half > 0))
        seam = np.maximum(
            seam, np.clip(1.0 - (distance - half) / (0.5 * half + 1e-6), 0.0, 1.0) * (distance < 1.5 * half)
        )
    curled = np.power(np.maximum(image, 1e-6), 1.0 + lip * spread(seam.astype(np.float32), image))
    glass = spread(gap.astype(np.float32), image)
    return within(image, curled + glass * (empty_glass(image) - curled), (gap > 0) | (seam > 0))
