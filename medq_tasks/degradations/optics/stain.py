"""Stains as absorbers: optical density is a matrix of stain colours times concentrations (Beer-Lambert)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from medq_tasks.degradations.spec import Image

# Optical density of red, green, blue a unit of stain; Ruifrok and Johnston, Anal Quant Cytol Histol 2001;23:291
HAEMATOXYLIN = (0.65, 0.70, 0.29)
EOSIN = (0.07, 0.99, 0.11)
DAB = (0.27, 0.57, 0.78)

Matrix = npt.NDArray[np.float64]


def stain_matrix(first: tuple[float, float, float], second: tuple[float, float, float]) -> Matrix:
    """The 3 x 3 matrix M whose rows are the unit vectors of two stains and of the residual orthogonal to both."""
    rows = np.array([first, second, np.cross(first, second)], dtype=np.float64)
    unit: Matrix = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def optical_density(image: Image, *, floor: float = 1 / 1024) -> npt.NDArray[np.float64]:
    """-log10 of the transmittance (H, W, 3), float64, values below `floor` counted as `floor`."""
    return np.asarray(-np.log10(np.maximum(image.astype(np.float64), floor)), dtype=np.float64)


def concentrations(image: Image, matrix: Matrix) -> npt.NDArray[np.float64]:
    """How much of each row of the matrix a pixel holds, (H, W, 3): the c in optical density = c M."""
    return np.asarray(optical_density(image) @ np.linalg.inv(matrix), dtype=np.float64)


def restain(image: Image, matrix: Matrix, factors: tuple[float, float]) -> Image:
    """The RGB image with the concentrations of both stains multiplied by `factors`, the residual kept; float32.

    The image is multiplied by 10^-((factor - 1) c M), so a factor of 1 leaves a pixel as it is, black ones too. A
    concentration below 0 (a colour that the stains cannot make) stays as it is.
    """
    amount = np.maximum(concentrations(image, matrix)[..., :2], 0.0)
    extra = (amount * (np.array(factors) - 1.0)) @ matrix[:2]
    return np.clip(image * np.power(10.0, -extra), 0.0, 1.0).astype(np.float32)
