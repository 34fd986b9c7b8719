"""Point spread functions and convolution with them."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from medq_tasks.degradations.optics.channels import each_channel
from medq_tasks.degradations.optics.coordinates import Field
from medq_tasks.degradations.spec import Image

Kernel = npt.NDArray[np.float64]
_SUBPIXELS = 8
_WIDE_PX = 12.0


def disc(radius_px: float) -> Kernel:
    """The geometrical defocus PSF: a uniform disc of that radius, odd square float64, sum 1.

    Its modulation transfer is 2 J1(2 pi r f) / (2 pi r f), first zero at f = 3.8317 / (2 pi r) cycles/px (Goodman,
    Introduction to Fourier Optics, section 6.4). The edge is anti-aliased by 8 x 8 sub-pixels.
    """
    reach = max(0, math.ceil(radius_px - 0.5))
    at = (np.arange((2 * reach + 1) * _SUBPIXELS) + 0.5) / _SUBPIXELS - reach - 0.5
    inside = (at[:, None] ** 2 + at[None, :] ** 2) <= max(radius_px, 0.2) ** 2
    side = 2 * reach + 1
    kernel = inside.reshape(side, _SUBPIXELS, side, _SUBPIXELS).mean(axis=(1, 3), dtype=np.float64)
    return np.asarray(kernel / kernel.sum(), dtype=np.float64)


def path(ys: npt.NDArray[np.float64], xs: npt.NDArray[np.float64]) -> Kernel:
    """The motion PSF of a point that spends equal times at the positions (`ys`, `xs`) in px: odd square, sum 1.

    Each position is shared bilinearly among four pixels, so the PSF moves smoothly with the path.
    """
    reach = math.ceil(max(np.abs(ys).max(), np.abs(xs).max())) + 1
    kernel = np.zeros((2 * reach + 1, 2 * reach + 1))
    top, left = np.floor(ys).astype(int), np.floor(xs).astype(int)
    down, right = ys - top, xs - left
    for dy, dx, weight in (
        (0, 0, (1 - down) * (1 - right)),
        (0, 1, (1 - down) * right),
        (1, 0, down * (1 - right)),
        (1, 1, down * right),
    ):
        np.add.at(kernel, (top + dy + reach, left + dx + reach), weight)
    return np.asarray(kernel / kernel.sum(), dtype=np.float64)


def line(length_px: float, angle: float) -> Kernel:
    """The PSF of uniform linear motion over `length_px` at `angle` (radians from the row direction); sum 1."""
    count = max(4, 4 * math.ceil(length_px))
    steps = length_px * ((np.arange(count) + 0.5) / count - 0.5)
    return path(steps * math.sin(angle), steps * math.cos(angle))


def convolve(image: Image, kernel: Kernel) -> Image:
    """The image convolved with the kernel, mirrored at its borders; same shape, float32, clipped to [0, 1].

    By FFT. A kernel wider than the image sees further mirror images of it.
    """
    from scipy.signal import fftconvolve

    reach = kernel.shape[0] // 2

    def one(channel: Field) -> Field:
        padded = np.pad(channel.astype(np.float64), reach, mode="symmetric")
        return np.asarray(fftconvolve(padded, kernel, mode="valid"), dtype=np.float32)

    return np.clip(each_channel(image, one), 0.0, 1.0)


def gaussian(image: Image, sigma_px: float) -> Image:
    """The image blurred by a Gaussian of that standard deviation in px, mirrored at its borders; float32.

    Wide ones in the cosine domain, whose mirrored borders are the same: its cost does not grow with the width.
    """
    from scipy.ndimage import gaussian_filter

    if sigma_px > _WIDE_PX:
        return each_channel(image, lambda channel: _wide_gaussian(channel, sigma_px))
    sigma = (sigma_px, sigma_px) + (0.0,) * (image.ndim - 2)
    return np.asarray(gaussian_filter(image, sigma, mode="reflect", truncate=4.0), dtype=np.float32)


def _wide_gaussian(channel: Field, sigma_px: float) -> Field:
    from scipy.fft import dctn, idctn

    spectrum = dctn(channel.astype(np.float64), norm="ortho")
    down, across = (np.exp(-0.5 * (np.pi * sigma_px * np.arange(n) / n) ** 2) for n in channel.shape)
    return np.asarray(idctn(spectrum * down[:, None] * across[None, :], norm="ortho"), dtype=np.float32)
