"""Which files are images."""

from pathlib import Path

import pytest

from medq_tasks.degrading.discovery import find_images, modality_of_path
from medq_tasks.errors import ImageError


def test_images_are_found_by_ending_or_dicom_mark_and_sorted(mixed):
    names = [path.relative_to(mixed).as_posix() for path in find_images(mixed)]
    assert names == sorted(names) and len(names) == 10
    assert "mri/big" in names and "ct/notes.txt" not in names


def test_one_file_is_itself(mixed):
    assert find_images(mixed / "ct/grey.png") == [mixed / "ct/grey.png"]


def test_hidden_files_are_left_out(tmp_path):
    (tmp_path / ".hidden.png").write_bytes(b"")
    with pytest.raises(ImageError, match="found none"):
        find_images(tmp_path)


def test_a_missing_folder_is_one_line(tmp_path):
    with pytest.raises(ImageError, match="found nothing there"):
        find_images(tmp_path / "nowhere")


def test_the_nearest_folder_names_the_modality():
    assert modality_of_path(Path("data/ct/MRI/series/a.png")) == "mri"
    assert modality_of_path(Path("mri.png")) is None
