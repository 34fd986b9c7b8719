"""Noise: the standard deviation of white noise, from the finest diagonal wavelet coefficients."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from medq.models.iqa.picture import Mask, Picture

MAD_OF_NORMAL = 0.6744897501960817  # median absolute deviation of a standard normal variable


def noise(picture: Picture) -> float:
    """sigma = median |HH| / 0.6745 of one level of Daubechies-2 wavelets, in the content, in grey levels of 255.

    At least 0; larger is noisier. Edges count little because the median does, but fine texture reads as noise.
    Source: Donoho and Johnstone, Biometrika 81 (1994) 425, section 3; like scikit-image's `estimate_sigma`, exact zeros
    (saturated or padded pixels) are left out, and 0 is given where nothing else is left.
    """
    return diagonal_sigma(picture.grey, picture.content)


def diagonal_sigma(grey: npt.NDArray[np.floating], content: Mask) -> float:
    """sigma of the finest diagonal coefficients of an image in [0, 1] where `content` is True, in levels of 255."""
    import pywt

    diagonal = np.abs(pywt.dwt2(grey, "db2")[1][2])
    inside = content[::2, ::2]
    rows, columns = min(diagonal.shape[0], inside.shape[0]), min(diagonal.shape[1], inside.shape[1])
    values = diagonal[:rows, :columns][inside[:rows, :columns]]
    values = values[values > 1e-7]
    return float(np.median(values) / MAD_OF_NORMAL * 255) if values.size else 0.0
