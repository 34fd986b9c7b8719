"""Patient motion in MRI: every line of k-space sees the head in another place, so that the image blurs and ghosts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from medq_tasks.degradations.mri.acquisition import Complex, magnitude, phase_encoded, to_image, with_phase
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image
from medq_tasks.errors import DegradationError

TOLERANCE = 1e-6  # of the non-uniform FFT: below the step of a 16-bit image
BREATHING = 0.4  # amplitude of the oscillation, as a share of the furthest step
Floats = npt.NDArray[np.float64]


@degradation(
    "mri.motion",
    modalities=("mri",),
    category="motion",
    attribute="motion artifact",
    curves={
        "translation_percent": Curve(
            "% of the field of view", ((0.1, 0.3), (0.4, 1.5), (0.8, 3.5), (0.9, 5.0), (1, 8.0)), log=True
        ),
        "rotation_deg": Curve("degrees", ((0.1, 0.5), (0.4, 2.0), (0.8, 4.8), (0.9, 7.0), (1, 12.0)), log=True),
    },
    fixed={"moves": 16, "phase_axis": 0},
    colour="grey",
    source="shift and rotation theorems of the Fourier transform; line-wise model of Shaw et al. (MIDL 2019)",
)
def motion(
    image: Image,
    rng: np.random.Generator,
    *,
    translation_percent: float,
    rotation_deg: float,
    moves: float,
    phase_axis: float,
) -> Effect:
    """The image from a Cartesian scan during which the patient makes `moves` sudden rigid moves and breathes.

    Line by line, the sample at k is S(R(-a) k) exp(-i k d) with the rotation a and shift d of its time, exact for any
    trajectory (non-uniform FFT). The furthest position is `translation_percent` of the shorter side and
    `rotation_deg` away from the one at the centre of k-space, which thus keeps its place.
    """
    if not 1 <= moves <= image.shape[0]:
        raise DegradationError(f"mri.motion: moves must lie in [1, {image.shape[0]}], got {moves!r}")
    turned = phase_encoded(image, phase_axis)
    lines = turned.shape[0]
    path = trajectory(lines, int(moves), rng)
    shift_px = path[:2] * (translation_percent / 100 * min(image.shape))
    angle_rad = np.deg2rad(path[2] * rotation_deg)
    moved = magnitude(to_image(moving_kspace(with_phase(turned, rng), shift_px, angle_rad)))
    facts = {
        "largest_shift_px": float(np.hypot(*shift_px).max()),
        "largest_angle_deg": float(np.rad2deg(np.abs(angle_rad).max())),
    }
    return Effect(phase_encoded(moved, phase_axis), None, facts, ("phase", "cartesian_linear_order"))


def trajectory(lines: int, moves: int, rng: np.random.Generator) -> Floats:
    """Shift down, shift right and angle of each line, (3, lines): steps at random times, one in each equal share,
    with a slow oscillation (breathing) of 8 to 14 periods on top.

    0 at the centre line; the furthest shift has length 1 and the furthest angle is 1.
    """
    times = (np.arange(moves) + rng.random(moves)) * (lines / moves)
    steps = rng.standard_normal((3, moves))
    since = np.arange(lines)[:, None] >= times
    path = steps @ since.T.astype(np.float64)
    periods, start = 8 + 6 * rng.random(), 2 * np.pi * rng.random()
    wave = np.sin(2 * np.pi * periods * np.arange(lines) / lines + start)
    path += BREATHING * np.abs(path).max(1, keepdims=True) * np.sign(rng.standard_normal((3, 1))) * wave
    path -= path[:, lines // 2, None]
    furthest = np.array([np.hypot(path[0], path[1]).max(), 0, np.abs(path[2]).max()])
    furthest[1] = furthest[0]
    scaled: Floats = path / np.maximum(furthest, 1e-9)[:, None]
    return scaled


def moving_kspace(image: Complex, shift_px: Floats, angle_rad: Floats) -> Complex:
    """The centred orthonormal k-space of an image (H, W) whose line i is seen shifted and turned, (H, W).

    `shift_px` (2, H) is down and right, `angle_rad` (H,) turns about pixel (H // 2, W // 2).
    """
    from finufft import nufft2d2

    height, width = image.shape
    ky = ((np.arange(height) - height // 2) * (2 * np.pi / height))[:, None]
    kx = ((np.arange(width) - width // 2) * (2 * np.pi / width))[None, :]
    cosine, sine = np.cos(angle_rad)[:, None], np.sin(angle_rad)[:, None]
    points = (cosine * ky - sine * kx, sine * ky + cosine * kx)
    flat = [np.ascontiguousarray(p, np.float32).ravel() for p in points]
    still = nufft2d2(*flat, image, eps=TOLERANCE, isign=-1, nthreads=1).reshape(height, width)
    carried: Complex = (still * np.exp(-1j * (ky * shift_px[0][:, None] + kx * shift_px[1][:, None]))).astype(
        np.complex64
    )
    return carried / np.float32(np.sqrt(height * width))
