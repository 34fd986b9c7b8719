"""Patient motion in CT: views of one slice in different positions, which doubles edges and streaks."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from medq_tasks.degradations.ct.projector import Floats, half_turn, projector
from medq_tasks.degradations.ct.scan import FULL_SCAN_VIEWS, SCAN, check_count, open_scan
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image

KNOTS = 5  # of the smooth path over a scan


@degradation(
    "ct.motion",
    modalities=("ct",),
    category="motion",
    attribute="motion artifact",
    curves={
        "translation_percent": Curve(
            "% of the field of view", ((0.1, 0.15), (0.4, 0.7), (0.9, 2.5), (1, 3.0)), log=True
        ),
        "rotation_deg": Curve("degrees", ((0.1, 0.3), (0.4, 1.2), (0.9, 4.0), (1, 5.0)), log=True),
    },
    fixed={**SCAN, "views": FULL_SCAN_VIEWS},
    colour="grey",
    source="projection-slice theorem of a moved object; rigid motion in CT: Yu and Wang, IEEE TMI 2007;26:249",
)
def motion(
    image: Image,
    rng: np.random.Generator,
    *,
    translation_percent: float,
    rotation_deg: float,
    views: float,
    **scan: Any,
) -> Effect:
    """The slice from a scan of 180 degrees during which the patient moves along a smooth path.

    In parallel beam a turned patient is seen from a turned angle and a shifted one on a shifted detector:
    p(angle, s) = p0(angle - a, s - d n), exact in Fourier space. The furthest position is `translation_percent` of the
    longer side and `rotation_deg` away from the one half way through the scan.
    """
    setting = open_scan(image, **scan)
    count = check_count("views", views, low=2, high=4096)
    path = smooth_path(count, rng)
    shift_px = path[:2] * (translation_percent / 100 * max(image.shape))
    angles = half_turn(count)
    still = projector(setting.slice.side, angles)
    seen_from = angles - np.deg2rad(path[2] * rotation_deg)
    moving = projector(setting.slice.side, seen_from).forward(setting.slice.mu)
    degraded = shifted(moving, shift_px[0] * np.cos(angles) + shift_px[1] * np.sin(angles))
    clean = still.forward(setting.slice.mu)
    return setting.effect_of_error(still, clean, degraded, largest_shift_px=float(np.hypot(*shift_px).max()))


def smooth_path(views: int, rng: np.random.Generator) -> npt.NDArray[np.float64]:
    """Shift right, shift down and angle at each view, (3, views): a cubic spline through random knots.

    0 half way; the furthest shift has length 1 and the furthest angle is 1.
    """
    from scipy.interpolate import CubicSpline

    path = CubicSpline(np.linspace(0, 1, KNOTS), rng.standard_normal((3, KNOTS)), axis=1)(np.linspace(0, 1, views))
    path -= path[:, views // 2, None]
    furthest = np.hypot(path[0], path[1]).max()
    scaled: npt.NDArray[np.float64] = path / np.array([[furthest], [furthest], [np.abs(path[2]).max()]])
    return scaled


def shifted(sinogram: Floats, by_px: npt.NDArray[np.float64]) -> Floats:
    """Each projection shifted along the detector by its own number of pixels, (views, bins)."""
    bins = sinogram.shape[1]
    frequency = np.fft.rfftfreq(bins)
    turned = np.fft.rfft(sinogram, axis=1) * np.exp(-2j * math.pi * frequency * by_px[:, None])
    return np.fft.irfft(turned, bins, axis=1).astype(np.float32)
