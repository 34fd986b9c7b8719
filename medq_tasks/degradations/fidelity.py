"""How far an image is from its reference: PSNR and SSIM, the two numbers that every record carries."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from medq_tasks.degradations.spec import Image

SSIM_WINDOW_PX = 7
C1, C2 = 0.01**2, 0.03**2  # for a data range of 1, Wang et al. 2004


def psnr(reference: Image, image: Image) -> float:
    """Peak signal-to-noise ratio in dB for images in [0, 1]; higher is better, infinite for equal images."""
    error = float(np.mean(np.square(reference.astype(np.float64) - image)))
    return math.inf if error == 0 else -10 * math.log10(error)


def ssim(reference: Image, image: Image) -> float:
    """Structural similarity in [-1, 1], 1 for equal images (Wang et al. 2004), mean over channels.

    7 x 7 uniform window, sample covariance, borders of 3 px left out: the defaults of
    `skimage.metrics.structural_similarity` with `data_range=1`.
    """
    if reference.ndim == 3:
        return float(np.mean([ssim(reference[..., c], image[..., c]) for c in range(reference.shape[2])]))
    return float(_ssim_map(reference.astype(np.float64), image.astype(np.float64)).mean())


def _ssim_map(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    from scipy.ndimage import uniform_filter

    def mean(a: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        filtered: npt.NDArray[np.float64] = uniform_filter(a, SSIM_WINDOW_PX)
        return filtered

    n = SSIM_WINDOW_PX**2
    mx, my = mean(x), mean(y)
    vx, vy, cxy = (
        (mean(a * b) - ma * mb) * n / (n - 1) for a, b, ma, mb in ((x, x, mx, mx), (y, y, my, my), (x, y, mx, my))
    )
    values = (2 * mx * my + C1) * (2 * cxy + C2) / ((mx**2 + my**2 + C1) * (vx + vy + C2))
    edge = SSIM_WINDOW_PX // 2
    return values[edge:-edge, edge:-edge]
