"""Tissue fold: the section creased on the glass, so light passes three layers along a band."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from medq_tasks.degradations.optics.channels import each_channel, spread
from medq_tasks.degradations.optics.coordinates import Field, Shape, axes, half_extent, pixel, shorter_side
from medq_tasks.degradations.optics.field import waves
from medq_tasks.degradations.optics.layer import within
from medq_tasks.degradations.optics.transmission import transmittance
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image


@degradation(
    "histopathology.fold",
    modalities=("histopathology",),
    category="artifacts",
    attribute="tissue folding",
    curves={"width": Curve("shorter sides", ((0.1, 0.02), (0.4, 0.07), (0.9, 0.2), (1.0, 0.24)))},
    fixed={"wobble": 0.05},
    aliases=("tissue_folding", "tissue_fold"),
    local=True,
    source="product of transmittances as in FrOoDo (width 10 to 100 px of 300); creases as in Wang et al. 2021",
)
def fold(image: Image, rng: np.random.Generator, *, width: float, wobble: float = 0.05) -> Effect:
    """Along a band of `width` shorter sides, out = image T(mirrored) T(mirrored twice): three layers of tissue.

    The band follows a randomly placed, gently curved line through the picture, tapering at its ends; T is the
    transmittance relative to empty glass, mirrored about the band's edges as paper folds. A narrower fold lies inside
    a wider one.
    """
    distance, half, tangent = _band(rng, image.shape, width, wobble)
    px = pixel(image.shape)
    opacity = np.clip(0.5 + (half - np.abs(distance)) / px, 0.0, 1.0).astype(np.float32)
    opacity[half < px] = 0.0
    passed = transmittance(image)
    first = _shifted(passed, 2.0 * (half - distance), tangent)
    second = _shifted(passed, -2.0 * (half + distance), tangent)
    layers = first * second
    return within(image, image * (1.0 - spread(opacity, image) * (1.0 - layers)), opacity > 0)


def _band(rng: np.random.Generator, shape: Shape, width: float, wobble: float) -> tuple[Field, Field, float]:
    """Signed distance to the fold's axis, its half-width (tapering along it), and the axis' angle."""
    turn, offset, begin = rng.uniform(size=3)
    angle = float(np.pi * turn)
    y, x = axes(shape)
    along = x * np.cos(angle) + y * np.sin(angle)
    across = -x * np.sin(angle) + y * np.cos(angle)
    bend = wobble * waves(rng, shape, wavelength=0.9, octaves=1.5, slope=1.5, count=16)
    distance = across - (0.5 * offset - 0.25) + bend
    reach = max(half_extent(shape))
    taper = np.clip((along + reach * (0.8 + 0.4 * begin)) / reach, 0.0, 1.0)
    uneven = 0.8 + 0.2 * np.tanh(waves(rng, shape, wavelength=0.25, octaves=1.0, count=16))
    return distance.astype(np.float32), (0.5 * width * np.sqrt(taper) * uneven).astype(np.float32), angle


def _shifted(image: Image, across: Field, angle: float) -> Image:
    """The image sampled `across` shorter sides further, at right angles to a line at `angle`; bilinear."""
    from scipy.ndimage import map_coordinates

    rows, columns = np.indices(image.shape[:2], dtype=np.float32)
    step: npt.NDArray[np.float32] = across * np.float32(shorter_side(image.shape))
    at = np.stack([rows + step * np.float32(np.cos(angle)), columns - step * np.float32(np.sin(angle))])
    return each_channel(image, lambda c: np.asarray(map_coordinates(c, at, order=1, mode="reflect"), dtype=np.float32))
