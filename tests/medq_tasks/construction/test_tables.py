import csv

import pytest
from PIL import Image

from medq_tasks.construction.tables import COLUMNS, Row, write_tsv

csv.field_size_limit(2**31 - 1)


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, dialect="excel-tab"))


@pytest.fixture
def out(tmp_path):
    Image.new("L", (8, 8)).save(tmp_path / "one.png")
    Image.new("L", (8, 8), 9).save(tmp_path / "two.png")
    return tmp_path


def test_a_picture_is_written_once_and_shared_by_the_index_of_its_row(out):
    files = ("one.png", "two.png", "one.png")
    rows = [Row({"index": str(number)}, {"image": file}) for number, file in enumerate(files)]
    write_tsv(out / "t.tsv", "perception", rows, out)
    images = [row["image"] for row in rows_of(out / "t.tsv")]
    assert images[2] == "0" and len({*images}) == 3 and all(len(image) > 64 for image in images[:2])


def test_cells_with_tabs_quotes_and_line_ends_survive(out):
    cells = dict.fromkeys(COLUMNS["reasoning"], "") | {"index": "a", "description": 'a\tb "c"\nd'}
    write_tsv(out / "t.tsv", "reasoning", [Row(cells, {"image": "one.png"})], out)
    assert rows_of(out / "t.tsv")[0]["description"] == 'a\tb "c"\nd'


def test_both_pictures_of_a_pair_are_in_its_row(out):
    row = Row({"index": "a"}, {"image_a": "one.png", "image_b": "two.png"})
    write_tsv(out / "t.tsv", "comparison", [row, row], out)
    assert all(len(one["image_a"]) > 64 and one["image_a"] != one["image_b"] for one in rows_of(out / "t.tsv"))
