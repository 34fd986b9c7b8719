from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from medq_tasks.data import load_items
from medq_tasks.errors import DataError, ImageError

Cell = Callable[..., Any]


def write(tmp_path: Path, rows: list[dict[str, Any]], **options: Any) -> Path:
    path = tmp_path / "mine_test.parquet"
    parquet.write_table(pa.Table.from_pylist(rows), path, **options)
    return path


def record(index: str, image: Any, **change: Any) -> dict[str, Any]:
    return {"index": index, "image": image, "question": "Q?", "A": "None", "B": "Mild", "answer": 1.0, **change}


def test_bytes_base64_structs_and_shared_images_lead_to_the_bytes(tmp_path: Path, cell: Cell, image: Cell) -> None:
    for values in (
        [image(1), image(2)],
        [cell(1), cell(2)],
        [{"bytes": image(1), "path": None}, {"bytes": image(2), "path": "x.png"}],
        [[image(1)], [image(2)]],
    ):
        path = write(tmp_path, [record(f"q{place}", value) for place, value in enumerate(values)])
        items = load_items(path, task="perception")
        assert [item.images[0].read() for item in items] == [image(1), image(2)]
        assert [item.answer for item in items] == ["B", "B"]
    path = write(tmp_path, [record("q0", cell(3)), record("q1", "q0")])
    assert load_items(path, task="perception")[1].images[0].read() == image(3)


def test_rows_are_found_across_row_groups_in_any_order(tmp_path: Path, image: Cell) -> None:
    path = write(tmp_path, [record(f"q{seed}", image(seed)) for seed in range(70)], row_group_size=35)
    items = load_items(path, task="perception")
    for seed in (69, 0, 34, 35, 33):
        assert items[seed].images[0].read() == image(seed)
    assert items[69].images[0].name == f"{path}, row 70, column 'image'"


def test_a_pair_is_a_list_or_two_columns(tmp_path: Path, image: Cell) -> None:
    listed = write(tmp_path, [{"index": "c", "image": [image(1), image(2)], "description": "d"}])
    assert [source.read() for source in load_items(listed, task="comparison")[0].images] == [image(1), image(2)]
    columns = write(tmp_path, [{"index": "c", "image_a": image(1), "image_b": None, "description": "d"}])
    with pytest.raises(DataError, match=r"row 1 \(index 'c'\), column 'image_b': expected an image of the pair"):
        load_items(columns, task="comparison")


def test_a_cell_of_another_type_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="row 1, column 'image': expected bytes, base64 or a list, got int"):
        load_items(write(tmp_path, [record("q", 3)]), task="perception")


def test_a_file_that_is_no_parquet_or_changes_is_noticed(tmp_path: Path, image: Cell) -> None:
    path = write(tmp_path, [record("q", image(1))])
    (item,) = load_items(path, task="perception")
    os.utime(path, ns=(1, 1))
    with pytest.raises(ImageError, match="changed since it was indexed"):
        item.images[0].read()
    path.write_bytes(b"PAR1 but not really")
    with pytest.raises(DataError, match="expected a Parquet file"):
        load_items(path, task="perception")
