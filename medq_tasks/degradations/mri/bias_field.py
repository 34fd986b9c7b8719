"""Bias field: a receive coil that hears one side better than the other shades the image smoothly."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from medq_tasks.degradations.mri.acquisition import unit_grid
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image
from medq_tasks.errors import DegradationError

TISSUE_SHARE = 0.05  # of the image's maximum; darker is air


@degradation(
    "mri.bias_field",
    modalities=("mri",),
    category="artifacts",
    attribute="inhomogeneity",
    curves={"coefficient": Curve("natural log, half range", ((0.05, 0.06), (0.4, 0.45), (0.9, 1.3), (1, 1.45)))},
    fixed={"order": 3},
    aliases=("bias_field_artifact", "mri.inhomogeneity"),
    colour="grey",
    source="MedQ-Deg bias field; Van Leemput et al. 1999 (doi 10.1109/42.811268): exponential of a polynomial",
)
def bias_field(image: Image, rng: np.random.Generator, *, coefficient: float, order: int) -> Effect:
    """The image times exp(c P(x, y)), P a random polynomial of total degree `order`, from -1 to 1 over the tissue.

    `coefficient` c is half the range of the log field where the image is above 5 % of its maximum. One factor keeps the
    maximum, as a scanner's scaling does, so that log(out / in) stays a polynomial. Facts: `field_min`, `field_max` over
    the tissue.
    """
    brightest = float(image.max())
    tissue = image >= TISSUE_SHARE * brightest
    values = polynomial((image.shape[0], image.shape[1]), order, rng)
    low, high = float(values[tissue].min()), float(values[tissue].max())
    field = np.exp(coefficient * (2 * (values - low) / max(high - low, 1e-9) - 1))
    field *= brightest / max(float((image * field).max()), 1e-9)
    facts = {"field_min": float(field[tissue].min()), "field_max": float(field[tissue].max())}
    return Effect((image * field).astype(np.float32), None, facts)


def polynomial(shape: tuple[int, int], order: int, rng: np.random.Generator) -> npt.NDArray[np.float64]:
    """A random polynomial of total degree `order` over the image, (H, W), without a constant."""
    if order not in range(1, 9):
        raise DegradationError(f"mri.bias_field: order must be a whole number from 1 to 8, got {order!r}")
    y, x = unit_grid(shape)
    values = np.zeros(shape)
    for degree in range(1, int(order) + 1):
        for power in range(degree + 1):
            values += rng.standard_normal() / degree * y**power * x ** (degree - power)
    return values
