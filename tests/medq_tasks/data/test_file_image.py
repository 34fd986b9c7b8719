from __future__ import annotations

import os
from pathlib import Path

import pytest

from medq_tasks.data.file_image import image_inside
from medq_tasks.errors import ImageError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "data"
    (inside / "images").mkdir(parents=True)
    (inside / "images" / "a.png").write_bytes(b"pixels")
    (tmp_path / "secret.png").write_bytes(b"secret")
    (inside.parent / "data2").mkdir()
    (inside.parent / "data2" / "b.png").write_bytes(b"other")
    return Path(os.path.realpath(inside))


@pytest.mark.parametrize("text", ["images/a.png", "./images/../images/a.png"])
def test_a_path_inside_the_folder_is_read(folder: Path, text: str) -> None:
    assert image_inside(str(folder), text).read() == b"pixels"


def test_an_absolute_path_inside_the_folder_is_read(folder: Path) -> None:
    assert image_inside(str(folder), str(folder / "images" / "a.png")).read() == b"pixels"


@pytest.mark.parametrize(
    "text", ["../secret.png", "images/../../secret.png", "../data2/b.png", "/etc/passwd", "..", "."]
)
def test_a_path_that_leaves_the_folder_is_refused(folder: Path, text: str) -> None:
    with pytest.raises(ValueError, match="inside"):
        image_inside(str(folder), text)


def test_a_link_that_leaves_the_folder_is_refused(folder: Path) -> None:
    (folder / "link.png").symlink_to(folder.parent / "secret.png")
    with pytest.raises(ValueError, match="inside"):
        image_inside(str(folder), "link.png")


@pytest.mark.parametrize("text", ["images/b.png", "images", "a\0b"])
def test_a_missing_file_is_refused(folder: Path, text: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        image_inside(str(folder), text)


def test_a_file_that_goes_later_is_an_image_error(folder: Path) -> None:
    source = image_inside(str(folder), "images/a.png")
    (folder / "images" / "a.png").unlink()
    with pytest.raises(ImageError, match=r"a\.png: the image cannot be read"):
        source.read()
