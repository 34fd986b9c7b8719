from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from medq_tasks.data import official_file, official_files, official_items, provenance
from medq_tasks.data.lock import Lock, hash_file, write_lock
from medq_tasks.errors import DataError

COLUMNS = "index\timage\tquestion\tA\tB\tanswer\tdegradation_type\tdegradation_severity\n"


@pytest.fixture
def cache(tmp_path: Path, cell: Callable[..., str]) -> Path:
    """A cache in which MedQ-Deg's dev files lie in a folder of the data set, and MedQ-Bench's perception test file."""
    deg, bench = tmp_path / "medq-deg", tmp_path / "medq-bench"
    (deg / "data").mkdir(parents=True)
    bench.mkdir()
    (deg / "data" / "MedQ-Robust-good-dev.tsv").write_text(COLUMNS + f"v1\t{cell(0)}\tQ?\tYes\tNo\tA\t\t\n")
    copies = [f"v1\t{cell(seed)}\tQ?\tYes\tNo\tA\tlow dose\t{level}\n" for seed, level in ((1, "mild"), (2, "severe"))]
    (deg / "data" / "MedQ-Robust-simulate-dev.tsv").write_text(COLUMNS + "".join(copies))
    (bench / "medqbench_QA_test.tsv").write_text(COLUMNS + f"q1\t{cell(0)}\tQ?\tYes\tNo\tA\t\t\n")
    for folder in (deg, bench):
        files = {path.relative_to(folder).as_posix(): hash_file(path) for path in folder.rglob("*.tsv")}
        write_lock(folder, Lock(f"owner/{folder.name}", "c" * 40, "main", ("*",), files))
    return tmp_path


def test_a_fetched_file_is_found(cache: Path) -> None:
    assert official_file("perception", "test", cache) == cache / "medq-bench" / "medqbench_QA_test.tsv"


def test_medq_deg_is_two_files_whose_items_are_joined(cache: Path) -> None:
    assert [path.name for path in official_files("degradation", "dev", cache)] == [
        "MedQ-Robust-good-dev.tsv", "MedQ-Robust-simulate-dev.tsv",
    ]  # fmt: skip
    items = official_items("degradation", "dev", cache)
    assert [(item.source_item, item.severity) for item in items] == [("v1", "L0"), ("v1", "L1"), ("v1", "L2")]
    with pytest.raises(DataError, match="official_files"):
        official_file("degradation", "dev", cache)


def test_an_id_in_both_files_is_refused(cache: Path) -> None:
    folder = cache / "medq-deg" / "data"
    clean = (folder / "MedQ-Robust-good-dev.tsv").read_text()
    (folder / "MedQ-Robust-simulate-dev.tsv").write_text(clean)
    with pytest.raises(DataError, match=r"the id 'v1' stands in MedQ-Robust-good-dev\.tsv too"):
        official_items("degradation", "dev", cache)


def test_what_is_not_there_says_how_to_get_it(cache: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    with pytest.raises(DataError, match=rf"python -m medq_tasks fetch --dataset medq-bench --cache {empty}"):
        official_file("reasoning", "dev", empty)
    with pytest.raises(DataError, match=r"holds no medqbench_description_dev\.tsv.*data\.path=FILE"):
        official_file("reasoning", "dev", cache)
    (cache / "medq-bench" / "medqbench_QA_test.tsv").unlink()
    with pytest.raises(DataError, match="fetched, but gone"):
        official_file("perception", "test", cache)
    with pytest.raises(DataError, match="expected one of perception"):
        official_file("segmentation", "dev", cache)


def test_provenance_names_the_commit_only_for_the_recorded_contents(cache: Path, tmp_path: Path) -> None:
    path = official_file("perception", "test", cache)
    found = provenance(path)
    assert (found.repo, found.revision, found.sha256) == ("owner/medq-bench", "c" * 40, hash_file(path).sha256)
    path.write_text("edited")
    assert (provenance(path).repo, provenance(path).sha256) == (None, hash_file(path).sha256)
    (tmp_path / "own.tsv").write_text("own")
    assert provenance(tmp_path / "own.tsv").revision is None
