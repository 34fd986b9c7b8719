"""Synthetic pictures with known amounts of one thing."""

import numpy as np
import numpy.typing as npt

from medq.models.iqa.picture import Picture, open_picture

Field = npt.NDArray[np.float64]


def grey(values: Field) -> Picture:
    return open_picture(np.clip(values, 0, 1))


def white(side: int = 256, *, mean: float = 0.5, sigma: float = 0.1, seed: int = 1) -> Field:
    return mean + sigma * np.random.default_rng(seed).standard_normal((side, side))


def scene(side: int = 256, seed: int = 2) -> Field:
    """A scene whose power falls with the square of frequency, 0.2 to 0.8."""
    fy, fx = np.fft.fftfreq(side)[:, None], np.fft.fftfreq(side)[None, :]
    spectrum = np.fft.fft2(np.random.default_rng(seed).standard_normal((side, side))) / (np.hypot(fy, fx) + 1 / side)
    values = np.real(np.fft.ifft2(spectrum))
    return 0.2 + 0.6 * (values - values.min()) / np.ptp(values)


def disc(side: int = 256, radius: float = 0.3, *, inside: float = 0.6, outside: float = 0.0) -> Field:
    y, x = np.mgrid[:side, :side] / side - 0.5
    return np.where(np.hypot(x, y) <= radius, inside, outside)
