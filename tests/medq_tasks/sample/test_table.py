"""The written rows."""

import base64
import csv
from pathlib import Path

import pytest

from medq_tasks.sample.table import COLUMNS, write_table

csv.field_size_limit(2**31 - 1)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, dialect="excel-tab"))


@pytest.mark.parametrize("split", ["dev", "test"])
def test_an_image_is_written_once_and_shared_by_the_index_of_its_row(built: Path, split: str) -> None:
    rows = rows_of(built / f"medqbench_QA_{split}.tsv")
    owners = {row["index"]: row for row in rows if len(row["image"]) > 64}
    assert len({row["image"] for row in owners.values()}) == len(owners) < len(rows) / 2
    for row in rows:
        owner = owners[row["image"]] if row["index"] not in owners else row
        shared = ("source_item", "degradation", "severity")
        assert [row[name] for name in shared] == [owner[name] for name in shared]
        assert base64.b64decode(owner["image"]).startswith(b"\x89PNG")


def test_a_short_run_sees_every_modality(built: Path) -> None:
    first = rows_of(built / "medqbench_QA_test.tsv")[:10]
    assert len({row["modality"] for row in first}) == 7


def test_rendered_images_are_marked_in_every_file(built: Path) -> None:
    for path in built.glob("*.tsv"):
        for row in rows_of(path):
            assert row["rendered"] == ("yes" if row["modality"] == "endoscopy" else "no")


def test_cells_with_tabs_quotes_and_line_ends_survive(tmp_path: Path) -> None:
    row = dict.fromkeys(COLUMNS["reasoning"], "") | {"index": "a", "description": 'a\tb "c"\nd'}
    write_table(tmp_path / "t.tsv", "reasoning", [row])
    assert rows_of(tmp_path / "t.tsv")[0]["description"] == 'a\tb "c"\nd'
