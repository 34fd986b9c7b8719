"""Where lmms-eval's tasks find their items."""

from pathlib import Path

import pytest

from medq_tasks.errors import DataError
from medq_tasks.lmms import items
from medq_tasks.lmms.items import items_of


def test_file_named_in_the_environment_is_read(items_file: Path) -> None:
    assert [item.id for item in items_of("perception", "test")] == ["q1", "q2", "q3", "q4"]


def test_folder_is_searched_for_the_official_file_name(items_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDQ_DATA", str(items_file.parent))
    assert len(items_of("perception", "test")) == 4


def test_missing_file_names_the_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    items_of.cache_clear()
    monkeypatch.setenv("MEDQ_DATA", str(tmp_path / "none.tsv"))
    with pytest.raises(DataError, match="MEDQ_DATA"):
        items_of("perception", "test")


def test_without_the_variable_the_sample_set_is_read(items_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.delenv("MEDQ_DATA")
    monkeypatch.setattr(items, "sample_files", lambda task, split: asked.append((task, split)) or (items_file,))
    assert len(items_of("perception", "test")) == 4
    assert asked == [("perception", "test")]
