"""Undersampled MRI: lines of k-space are left out to scan faster, and the image folds, blurs or loses texture."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.mri.acquisition import Complex, coil_maps, magnitude, phase_encoded, with_phase
from medq_tasks.degradations.mri.cartesian import CartesianEncoding
from medq_tasks.degradations.mri.encoding import Encoding
from medq_tasks.degradations.mri.radial import radial_encoding
from medq_tasks.degradations.mri.reconstruction import COILS, check_method, reconstruct
from medq_tasks.degradations.mri.sampling import cartesian_lines
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image

# Whole numbers, because folding needs every n-th line, and without 5 and 7: where the copies of the image land decides
# PSNR and SSIM as much as how many there are, and only these fall together with the centre's share.
ACCELERATIONS = ((0.1, 2), (0.5, 3), (0.7, 4), (0.85, 6), (0.95, 8))


@degradation(
    "mri.undersampling",
    modalities=("mri",),
    category="artifacts",
    attribute="aliasing artifact",
    curves={
        "acceleration": Curve("full lines / lines", ACCELERATIONS, steps=True),
        "centre_share": Curve(
            "share of the lines", ((0.1, 0.3), (0.4, 0.1), (0.5, 0.08), (0.8, 0.05), (0.9, 0.04), (1, 0.02)), log=True
        ),
    },
    fixed={
        "pattern": "equispaced",
        "reconstruction": "zero_filled",
        "coils": None,
        "noise_sigma": 0.003,
        "weight": None,
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
    centre_share: float,
    pattern: str,
    reconstruction: str,
    coils: int | None,
    noise_sigma: float,
    weight: float | None,
    phase_axis: int,
) -> Effect:
    """The image reconstructed from about 1 / `acceleration` of its k-space.

    `pattern`: "equispaced" or "variable_density" lines with the central `centre_share` always measured, or "radial"
    spokes. `reconstruction`: "zero_filled" (gridded for radial), "sense", "grappa", "l1_wavelet" or "tv", the last four
    regularised by `weight`. `coils`: synthetic receive coils (1; 8 for SENSE and 12 for GRAPPA where None). Complex
    noise of sd `noise_sigma` (of full scale) in each sample. Lines run across `phase_axis` (0: up and down).
    Facts: `real_acceleration`, which the measured centre lowers, and the number of `coils`.
    """
    check_method(reconstruction, pattern)
    turned = phase_encoded(image, phase_axis)
    maps = coil_maps((turned.shape[0], turned.shape[1]), COILS[reconstruction] if coils is None else int(coils))
    encoding = _encoding(maps, pattern, acceleration, centre_share, rng)
    data = encoding.measure(with_phase(turned, rng), noise_sigma=noise_sigma, rng=rng)
    combined = reconstruct(encoding, data, reconstruction=reconstruction, acceleration=acceleration, weight=weight)
    facts = {"real_acceleration": encoding.real_acceleration, "coils": len(maps)}
    return Effect(phase_encoded(magnitude(combined), phase_axis), None, facts, ("phase", "coils"))


def _encoding(
    maps: Complex, pattern: str, acceleration: float, centre_share: float, rng: np.random.Generator
) -> Encoding:
    if pattern == "radial":
        return radial_encoding(maps, acceleration=acceleration, start=float(rng.random()))
    lines = maps.shape[1]
    return CartesianEncoding(
        maps, cartesian_lines(lines, pattern=pattern, acceleration=acceleration, centre_share=centre_share, rng=rng)
    )
