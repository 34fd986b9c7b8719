"""Susceptibility: metal or air bends the field, which empties, piles up and distorts the signal round it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from medq_tasks.degradations.mri.acquisition import phase_encoded
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image, Mask

Floats = npt.NDArray[np.float64]
SUBSTEPS = 4  # sub-pixels that each pixel is split into along the readout
REACH = 6.0  # radii at which the field is tapered to 0
DEPHASING = 1.1  # signal lost to each pixel of shift a pixel within a voxel
TISSUE_FROM = 0.15


@degradation(
    "mri.susceptibility",
    modalities=("mri",),
    category="artifacts",
    attribute="susceptibility artifact",
    curves={
        "radius_percent": Curve("% of the shorter side", ((0.05, 1.2), (0.4, 3.5), (0.9, 8.0), (1, 9.0))),
        "shift_percent": Curve("% of the shorter side", ((0.05, 0.8), (0.4, 2.5), (0.9, 7.0), (1, 8.0))),
    },
    fixed={"phase_axis": 0},
    colour="grey",
    local=True,
    source="Schenck 1996 (doi 10.1118/1.597854); Jezzard and Balaban 1995 (doi 10.1002/mrm.1910340111)",
)
def susceptibility(
    image: Image, rng: np.random.Generator, *, radius_percent: float, shift_percent: float, phase_axis: int
) -> Effect:
    """The image round a sphere of other susceptibility: the signal void, the distortion and the bright rims.

    Off resonance f(r, t) = cos(2 t) (R / r)^2 outside the sphere of radius R moves signal by `shift_percent` f along
    the readout (across `phase_axis`), where it piles up or thins out (conserved); gradients within a voxel dephase it
    by exp(-1.1 |grad shift|). The field is tapered to 0 at 6 R, beyond which the image is untouched. Facts: `row`,
    `column`, `radius_px`.
    """
    turned = phase_encoded(image, phase_axis)
    side = min(image.shape)
    row, column = _place(turned, rng)
    radius = radius_percent / 100 * side
    shift = dipole_shift((turned.shape[0], turned.shape[1]), row, column, radius) * (shift_percent / 100 * side)
    gradient = np.hypot(*np.gradient(shift))
    distance = _distance((turned.shape[0], turned.shape[1]), row, column)
    signal = turned * np.exp(-DEPHASING * gradient) * np.clip(distance - radius, 0, 1)
    near = distance < REACH * radius + np.abs(shift).max() + 1
    moved = np.where(near, np.minimum(_moved(signal, shift), 1), turned).astype(np.float32)
    mask: Mask = phase_encoded(near & (moved != turned), phase_axis)
    where = (row, column) if phase_axis == 0 else (column, row)
    facts = {"row": where[0], "column": where[1], "radius_px": radius}
    return Effect(phase_encoded(moved, phase_axis), mask, facts, ("source_position", "echo_time", "bandwidth"))


def dipole_shift(shape: tuple[int, int], row: float, column: float, radius: float) -> Floats:
    """The in-plane dipole field of a sphere, (H, W) in [-1, 1], 1 at its poles, tapered to 0 at 6 radii, 0 inside."""
    y = np.arange(shape[0])[:, None] - row
    x = np.arange(shape[1])[None, :] - column
    squared = np.maximum(x**2 + y**2, 1e-9)
    taper = np.clip((REACH - np.sqrt(squared) / radius) / (REACH - 1), 0, 1)
    field: Floats = (x**2 - y**2) / squared * radius**2 / squared * taper**2
    return np.where(squared < radius**2, 0.0, field)


def _distance(shape: tuple[int, int], row: float, column: float) -> Floats:
    distance: Floats = np.hypot(np.arange(shape[0])[:, None] - row, np.arange(shape[1])[None, :] - column)
    return distance


def _place(image: Image, rng: np.random.Generator) -> tuple[float, float]:
    """A pixel with tissue in the middle part of the image; its centre where there is none."""
    height, width = image.shape
    tissue = image > TISSUE_FROM * max(float(image.max()), 1e-6)
    tissue[: height // 5] = tissue[height - height // 5 :] = False
    tissue[:, : width // 5] = tissue[:, width - width // 5 :] = False
    rows, columns = np.nonzero(tissue)
    draw = rng.random()
    if not len(rows):
        return height / 2, width / 2
    index = int(draw * len(rows))
    return float(rows[index]), float(columns[index])


def _moved(signal: npt.NDArray[np.floating], shift: Floats) -> Floats:
    """The signal with each sub-pixel carried along its row by its own shift; row sums are kept."""
    height, width = signal.shape
    offsets = (np.arange(SUBSTEPS) + 0.5) / SUBSTEPS - 0.5
    base = np.arange(width, dtype=float)
    result = np.zeros((height, width + 1))
    for index in range(height):
        at = (base[:, None] + offsets).ravel()
        target = np.clip(at + np.interp(at, base, shift[index]), 0, width - 1)
        value = np.interp(at, base, signal[index]) / SUBSTEPS
        left = target.astype(int)
        share = target - left
        result[index] += np.bincount(left, value * (1 - share), width + 1)
        result[index] += np.bincount(left + 1, value * share, width + 1)
    return result[:, :width]
