import re

import pytest

from medq_tasks.construction.finding import find_files
from medq_tasks.errors import DataError, ImageError


def test_files_of_a_path_a_glob_a_folder_and_a_package_are_found_in_order(tmp_path):
    for name in ("b.png", "a.png"):
        (tmp_path / name).write_bytes(b"x")
    expected = [tmp_path / "a.png", tmp_path / "b.png"]
    assert find_files("a.png", tmp_path) == expected[:1]
    assert find_files("*.png", tmp_path) == find_files(".", tmp_path) == expected
    [packaged] = find_files("package:pydicom-data/emri_small.dcm", tmp_path)
    assert packaged.is_file()


@pytest.mark.parametrize("path", ["none.png", "*.tif", "package:no-such-package/a.dcm", "package:pydicom-data/no.dcm"])
def test_nothing_found_names_what_was_asked_for(tmp_path, path):
    with pytest.raises((DataError, ImageError), match=re.escape(path)):
        find_files(path, tmp_path)
