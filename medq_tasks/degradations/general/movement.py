"""Object movement during the acquisition: different lines of k-space see the object in different places."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from medq_tasks.degradations.optics.channels import each_channel
from medq_tasks.degradations.optics.coordinates import Field, shorter_side
from medq_tasks.degradations.registry import degradation
from medq_tasks.degradations.spec import Curve, Effect, Image

_POSES = 8


@degradation(
    "general.movement",
    category="motion",
    attribute="motion",
    curves={
        "amplitude": Curve("shorter sides", ((0.1, 0.002), (0.4, 0.006), (0.9, 0.02), (1.0, 0.025))),
        "still": Curve("share of k-space", ((0.1, 0.2), (0.4, 0.07), (0.9, 0.012), (1.0, 0.008)), log=True),
    },
    fixed={"turn_per_shift": 90.0},
    aliases=("random_motion_artifact",),
    source="MedQ-Deg (TorchIO RandomMotion); line-wise model of Shaw et al. (MIDL 2019); 8 poses of ours",
)
def movement(
    image: Image, rng: np.random.Generator, *, amplitude: float, still: float, turn_per_shift: float = 90.0
) -> Effect:
    """Each row of k-space is taken from the pose that the object held when that row was acquired; then the magnitude.

    Eight poses follow one another, rows in linear order; the object moves four times before and three times after the
    centre of k-space is acquired, at distances from it that are log-uniform between `still` / 2 and 1/2 of the rows:
    the nearer to the centre, the more energy is displaced. A pose is a shift of 0.5 to 1 `amplitude` (shorter sides)
    along each axis and a turn of as much times `turn_per_shift` degrees, bilinear, relative to the pose at the
    centre, so the object stays in place and its ghosts and blur come from the others. Same poses, scaled, at every
    severity. Unlike a shift of the whole image, this really mixes lines.
    """
    draws = rng.uniform(size=(_POSES, 4))
    sizes = np.where(draws[:, :3] < 0.5, -0.5 - draws[:, :3], draws[:, :3])
    away = 0.5 * still ** ((np.arange(_POSES - 1) // 2 + draws[:-1, 3]) / 4)
    switches = np.sort(0.5 + np.where(np.arange(_POSES - 1) % 2, away, -away))
    pose_of_row = np.searchsorted(switches, (np.arange(image.shape[0]) + 0.5) / image.shape[0])
    sizes = sizes - sizes[pose_of_row[image.shape[0] // 2]]

    def moved(channel: Field) -> Field:
        return _mixed(channel, sizes * amplitude, pose_of_row, turn_per_shift)

    return Effect(np.clip(each_channel(image, moved), 0.0, 1.0), facts={"poses": int(np.unique(pose_of_row).size)})


def _mixed(channel: Field, poses: npt.NDArray[np.float64], pose_of_row: npt.NDArray[np.int64], turn: float) -> Field:
    """The magnitude of the image whose centred k-space rows come from the channel in the given poses."""
    from scipy.fft import fft, fft2, fftshift, ifft2, ifftshift

    rows = fftshift(fft2(channel.astype(np.float32)), axes=0)
    for number in np.unique(pose_of_row):
        if not poses[number].any():
            continue
        taken = pose_of_row == number
        columns = fftshift(fft(_posed(channel, poses[number], turn), axis=0), axes=0)
        rows[taken] = fft(columns[taken], axis=1)
    return np.asarray(np.abs(ifft2(ifftshift(rows, axes=0))), dtype=np.float32)


def _posed(channel: Field, pose: npt.NDArray[np.float64], turn: float) -> Field:
    """The channel shifted by pose[:2] shorter sides and turned by pose[2] * `turn` degrees; borders extended."""
    from scipy.ndimage import affine_transform

    angle = np.deg2rad(pose[2] * turn)
    matrix = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    centre = (np.array(channel.shape) - 1) / 2
    offset = centre - matrix @ (centre + pose[:2] * shorter_side(channel.shape))
    return np.asarray(affine_transform(channel, matrix, offset=offset, order=1, mode="nearest"), dtype=np.float32)
