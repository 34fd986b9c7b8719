"""The planes of a file that could become images: its frames, and of a near-isotropic volume the other two axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from medq_tasks.degrading.opened import Opened, open_frames

Axis = Literal["stored", "y", "x"]
AXES: tuple[Axis, ...] = ("stored", "y", "x")
HU_AT_MOST = -200.0  # air in a NIfTI volume, which tells HU from other values


@dataclass(frozen=True, slots=True)
class Plane:
    """One plane, `opened.frame` of `opened.frames` along its axis."""

    axis: Axis
    opened: Opened


def planes(path: Path, *, maximum_anisotropy: float | None) -> list[Plane]:
    """Every frame as stored; then the planes across `y` and across `x` of a NIfTI volume with near-cubic voxels.

    Those are cut only where the longest side of a voxel is at most `maximum_anisotropy` times the shortest, since
    nothing is interpolated; None cuts none. A series of volumes (4-D) keeps its stored planes. Raises `ImageError` for
    a file that cannot be used.
    """
    frames = open_frames(path, "all")
    found = [Plane("stored", frame) for frame in frames]
    if maximum_anisotropy is None or not _is_volume(path, frames):
        return found
    sides = _voxel_sides_mm(frames[0])
    if max(sides) > maximum_anisotropy * min(sides):
        return found
    volume = _stacked(frames)
    return found + [
        Plane(axis, _across(frames, volume, axis, index))
        for axis in AXES[1:]
        for index in range(volume.shape[_place(axis)])
    ]


def open_plane(path: Path, axis: Axis, index: int) -> Opened:
    """One of the planes again."""
    if axis == "stored":
        return open_frames(path, index)[0]
    frames = open_frames(path, "all")
    return _across(frames, _stacked(frames), axis, index)


def _is_volume(path: Path, frames: Sequence[Opened]) -> bool:
    """Whether the file is one volume: three axes of more than one voxel, no time and no channels."""
    if frames[0].format != "nifti" or len(frames) < 2:
        return False
    import nibabel

    shape: tuple[int, ...] = nibabel.load(path).shape
    return min(shape[:3]) > 1 and all(side == 1 for side in shape[3:])


def _voxel_sides_mm(frame: Opened) -> list[float]:
    return [float(side) for side in np.linalg.norm(np.asarray(frame.affine, float)[:3, :3], axis=0)]


def _stacked(frames: Sequence[Opened]) -> npt.NDArray[Any]:
    """(z, y, x)."""
    return np.stack([frame.stored for frame in frames])


def _across(frames: Sequence[Opened], volume: npt.NDArray[Any], axis: Axis, index: int) -> Opened:
    """Rows along z, columns along the axis that is left; no axis is flipped."""
    stored = np.ascontiguousarray(volume.take(index, axis=_place(axis)))
    column_mm = _voxel_sides_mm(frames[0])[0 if axis == "y" else 1]
    return replace(
        frames[0], stored=stored, frame=index, frames=volume.shape[_place(axis)], pixel_mm=column_mm,
        in_hu=bool(stored.min() <= HU_AT_MOST), affine=None,
    )  # fmt: skip


def _place(axis: Axis) -> int:
    return AXES.index(axis)
