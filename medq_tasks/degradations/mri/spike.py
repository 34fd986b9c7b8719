"""Spikes: a discharge during the readout adds single bright points to k-space, stripes across the whole image."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.mri.acquisition import magnitude, to_image, to_kspace, with_phase
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image
from medq_tasks.errors import DegradationError

NEAREST, FURTHEST = 0.04, 0.3  # distance of a spike from the centre of k-space, as a share of its side


@degradation(
    "mri.spike",
    modalities=("mri",),
    category="artifacts",
    attribute="spike artifact",
    curves={"amplitude": Curve("of the image's full scale", ((0.05, 0.01), (0.4, 0.05), (0.9, 0.15), (1, 0.18)))},
    fixed={"spikes": 2},
    aliases=("mri.herringbone",),
    colour="grey",
    source="Graves and Mitchell 2013 (doi 10.1002/jmri.24288), herringbone artefact",
)
def spike(image: Image, rng: np.random.Generator, *, amplitude: float, spikes: int) -> Effect:
    """The image with `spikes` points of its k-space raised so that each adds a plane wave of `amplitude`.

    Facts: `positions` (row, column) of the spikes from the centre of k-space.
    """
    if not 1 <= spikes <= 50:
        raise DegradationError(f"mri.spike: spikes must lie in [1, 50], got {spikes!r}")
    shape = np.array(image.shape)
    kspace = to_kspace(with_phase(image, rng)).astype(np.complex128)
    positions = []
    for angle, distance, phase in rng.random((int(spikes), 3)):
        reach = NEAREST + (FURTHEST - NEAREST) * distance
        direction = np.array([np.sin(2 * np.pi * angle), np.cos(2 * np.pi * angle)])
        point = np.rint(reach * direction * shape).astype(int)
        kspace[tuple(point + shape // 2)] += amplitude * np.sqrt(image.size) * np.exp(2j * np.pi * phase)
        positions.append(point.tolist())
    return Effect(magnitude(to_image(kspace)), None, {"positions": positions}, ("phase",))
