"""Speckle: echoes of many scatterers in one resolution cell interfere."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.optics.channels import spread
from medq_tasks.degradations.optics.coordinates import Field
from medq_tasks.degradations.optics.echo import DYNAMIC_RANGE_DB, sector, to_amplitude, to_display
from medq_tasks.degradations.optics.layer import within
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image


@degradation(
    "ultrasound.speckle",
    modalities=("ultrasound",),
    category="noise",
    attribute="speckle",
    curves={
        "diffuse": Curve("share of the amplitude", ((0.1, 0.15), (0.4, 0.42), (0.9, 0.8), (1.0, 0.88))),
        "cell": Curve("shorter sides", ((0.1, 0.002), (0.4, 0.003), (0.9, 0.005), (1.0, 0.0055))),
    },
    fixed={"dynamic_range_db": DYNAMIC_RANGE_DB, "aspect": 2.0},
    source="Goodman, J Opt Soc Am 1976;66:1145; Burckhardt, IEEE Trans Sonics Ultrason 1978;25:1",
)
def speckle(
    image: Image,
    rng: np.random.Generator,
    *,
    diffuse: float,
    cell: float,
    dynamic_range_db: float = DYNAMIC_RANGE_DB,
    aspect: float = 2.0,
) -> Effect:
    """a_out = a |sqrt(1 - d^2) + d z|, z circular complex Gaussian of unit power, d = `diffuse`; then log compression.

    d = 1 is fully developed speckle (Rayleigh): mean over standard deviation of the amplitude 1.913; the severities end
    below it, since PSNR and SSIM no longer fall on the last stretch. z is white noise
    smoothed to a resolution cell of `cell` shorter sides in depth, `aspect` times that across. No echo stays none;
    lettering around the scan is left alone.
    """
    field = _scatterers(rng, image.shape[0], image.shape[1], cell * min(image.shape[:2]), aspect)
    factor = np.abs(np.sqrt(max(1.0 - diffuse**2, 0.0)) + diffuse * field).astype(np.float32)
    amplitude = to_amplitude(image, dynamic_range_db=dynamic_range_db)
    shown = to_display(amplitude * spread(factor, image), dynamic_range_db=dynamic_range_db)
    return Effect(within(image, shown, sector(image)).image, assumed=("dynamic_range_db",))


def _scatterers(rng: np.random.Generator, height: int, width: int, cell_px: float, aspect: float) -> Field:
    """Circular complex Gaussian field (H, W), complex, mean power 1, correlated over a cell."""
    from scipy.ndimage import gaussian_filter

    parts = rng.standard_normal((2, height, width), dtype=np.float32)
    sigma = (cell_px / 2.0, aspect * cell_px / 2.0)
    real, imaginary = (gaussian_filter(part, sigma, mode="wrap") for part in parts)
    field = real + 1j * imaginary
    scaled: Field = field / np.sqrt(np.mean(np.abs(field) ** 2))
    return scaled
