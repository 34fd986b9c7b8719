"""Planes along three axes of near-isotropic volumes, and along the stored one of all others."""

import json
from pathlib import Path

import nibabel
import numpy as np
import pytest

from medq_tasks.construction.collecting import collect
from medq_tasks.construction.preparing import open_original
from medq_tasks.construction.source import Source
from medq_tasks.construction.spec import BuildSpec, Slices
from medq_tasks.construction.volume import open_plane, planes

SHAPE = (40, 36, 32)  # x, y, z


def save(folder: Path, *, zooms: tuple[float, ...] = (1.0, 1.1, 1.2), shape: tuple[int, ...] = SHAPE) -> Path:
    """A block that is brighter along x and, less, along y and z."""
    grid = np.indices(shape)
    values = sum(grid[axis] * factor for axis, factor in zip(range(len(shape)), (10, 5, 2, 1), strict=False))
    image = nibabel.Nifti1Image(values.astype(np.int16), np.diag([*zooms[:3], 1.0]))
    image.header.set_zooms(zooms)
    nibabel.save(image, folder / "volume.nii.gz")
    return folder / "volume.nii.gz"


def volume_of(path: Path) -> np.ndarray:
    return np.asarray(nibabel.load(path).dataobj)


def test_a_plane_holds_what_the_volume_has_there(tmp_path):
    path = save(tmp_path)
    found = planes(path, maximum_anisotropy=1.25)
    assert [(axis, sum(plane.axis == axis for plane in found)) for axis in ("stored", "y", "x")] == [
        ("stored", 32), ("y", 36), ("x", 40),
    ]  # fmt: skip
    volume = volume_of(path)
    for axis, index, expected, column_mm in (
        ("stored", 7, volume[:, :, 7].T, 1.0),
        ("y", 20, volume[:, 20, :].T, 1.0),
        ("x", 30, volume[30, :, :].T, 1.1),
    ):
        opened = open_plane(path, axis, index)
        assert (opened.stored == expected).all()
        assert (opened.frame, opened.pixel_mm) == (index, pytest.approx(column_mm))
        [same] = [plane.opened for plane in found if (plane.axis, plane.opened.frame) == (axis, index)]
        assert (same.stored == expected).all()


@pytest.mark.parametrize(
    ("zooms", "shape"),
    [((1.0, 1.0, 5.0), SHAPE), ((1.0, 1.0, 1.0, 2.0), (40, 36, 32, 3)), ((1.0, 1.0, 1.0, 2.0), (40, 36, 1, 4))],
    ids=["thick slices", "a series of volumes", "a series of planes"],
)
def test_others_keep_their_stored_planes(zooms, shape, tmp_path):
    found = planes(save(tmp_path, zooms=zooms, shape=shape), maximum_anisotropy=1.25)
    assert {plane.axis for plane in found} == {"stored"}


@pytest.mark.parametrize(("axes", "expected"), [("all", ["stored", "y", "x"]), ("stored", ["stored"] * 3)])
def test_the_choice_is_recorded_by_axis_and_every_original_can_be_opened_again(axes, expected, tmp_path):
    path = save(tmp_path)
    source = Source(path="volume.nii.gz", modality="mri", window="minmax")
    spec = BuildSpec(name="own", sources=(source,), slices=Slices(axes=axes))
    found = collect(spec, tmp_path, tmp_path / "state")
    assert [original.axis for original in found.originals] == expected
    assert len({original.id for original in found.originals}) == 3
    volume = volume_of(path)
    for original in found.originals:
        place = {"stored": 2, "y": 1, "x": 0}[original.axis]
        assert (open_original(spec, original)[0].stored == volume.take(original.frame, axis=place).T).all()
    [choice] = found.slices.values()
    assert len(choice) == (108 if axes == "all" else 32)
    assert json.dumps([one.axis for one in choice if not one.reason]) == json.dumps(expected)
