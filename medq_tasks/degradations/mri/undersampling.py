"""Undersampled MRI: lines of k-space are left out to scan faster, and the image folds, blurs or loses texture."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.mri.acquisition import (
    coil_maps,
    lines_to_image,
    lines_to_kspace,
    magnitude,
    phase_encoded,
    with_phase,
)
from medq_tasks.degradations.mri.sampling import cartesian_lines
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image


@degradation(
    "mri.undersampling",
    modalities=("mri",),
    category="artifacts",
    attribute="aliasing artifact",
    curves={
        "acceleration": Curve("full lines / lines", ((0.1, 2), (0.4, 2), (0.9, 6), (1, 8)), log=True, integer=True),
        "centre_share": Curve("share of the lines", ((0.1, 0.3), (0.4, 0.1), (0.9, 0.04), (1, 0.03)), log=True),
    },
    fixed={
        "pattern": "equispaced",
        "reconstruction": "zero_filled",
        "coils": 1,
        "noise_sigma": 0.003,
        "phase_axis": 0,
    },
    aliases=("undersampling_artifact",),
    colour="grey",
    source="MedQ-Deg undersampling artifact; Lustig et al. 2007 (doi 10.1002/mrm.21391); fastMRI (arXiv 1811.08839)",
)
def undersampling(
    image: Image,
    rng: np.random.Generator,
    *,
    acceleration: float,
    pattern: str,
    reconstruction: str,
    coils: int,
    noise_sigma: float,
    centre_share: float,
    phase_axis: int,
) -> Effect:
    """The image reconstructed from 1 / `acceleration` of its k-space lines."""
    turned = phase_encoded(image, phase_axis)
    measured = cartesian_lines(
        turned.shape[0], pattern=pattern, acceleration=acceleration, centre_share=centre_share, rng=rng
    )
    maps = coil_maps(turned.shape, coils)
    kspace = lines_to_kspace(maps * with_phase(turned, rng))
    noise = rng.standard_normal((2, *kspace.shape), dtype=np.float32)
    kspace = (kspace + np.float32(noise_sigma) * (noise[0] + 1j * noise[1])) * measured[:, None]
    combined = (maps.conj() * lines_to_image(kspace)).sum(0)
    facts = {"real_acceleration": len(measured) / int(measured.sum()), "lines": int(measured.sum())}
    return Effect(phase_encoded(magnitude(combined), phase_axis), None, facts, ("phase", "coils"))
