from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from medq_tasks.data import load_items
from medq_tasks.errors import DataError, ImageError

Cell = Callable[..., str]


def write(tmp_path: Path, *records: Any, start: bytes = b"") -> Path:
    path = tmp_path / "mine_test.jsonl"
    path.write_bytes(start + "".join(json.dumps(record) + "\n" for record in records).encode())
    return path


def record(cell: Cell, **change: Any) -> dict[str, Any]:
    return {"index": "q1", "image": cell(), "question": "What?", "A": "None", "B": "Mild", "answer": "A", **change}


def test_lines_are_items_and_images_are_read_late(tmp_path: Path, cell: Cell, image: Cell) -> None:
    path = write(tmp_path, record(cell), record(cell, index=2, answer=1, image=cell(9)), start=b"\xef\xbb\xbf")
    first, second = load_items(path, task="perception")
    assert (first.id, first.answer, second.id, second.answer) == ("q1", "A", "2", "B")
    assert (first.images[0].read(), second.images[0].read()) == (image(0), image(9))
    assert second.images[0].name == f"{path}, row 2, column 'image'"


def test_an_option_that_only_some_lines_have_is_offered_there(tmp_path: Path, cell: Cell) -> None:
    path = write(tmp_path, record(cell), record(cell, index="q2", E="Severe", answer="E"))
    assert [[option.letter for option in item.options] for item in load_items(path, task="perception")] == [
        ["A", "B"],
        ["A", "B", "E"],
    ]


def test_options_may_be_a_list(tmp_path: Path, cell: Cell) -> None:
    row = {"index": "q", "image": cell(), "question": "Q?", "options": ["it's", 'a "b"', "c\\d"], "answer": "c\\d"}
    (item,) = load_items(write(tmp_path, row), task="perception")
    assert [option.text for option in item.options] == ["it's", 'a "b"', "c\\d"]
    assert item.answer == "C"


def test_images_may_be_lists_and_shared(tmp_path: Path, cell: Cell, image: Cell) -> None:
    pair = {"index": "c1", "image": [cell(1), cell(2)], "description": "First."}
    shared = {"index": "c2", "image": "c1", "description": "First."}
    items = load_items(write(tmp_path, pair, shared), task="comparison")
    assert [[source.read() for source in item.images] for item in items] == [[image(1), image(2)]] * 2


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{", "expected one JSON object"),
        (b"[1]", "expected a JSON object, got list"),
        (b'{"index": "\xff"}', "expected one JSON object in UTF-8"),
        (b'{"index": "q", "image": 3}', "expected base64 or a list of it, got int"),
    ],
)
def test_a_bad_line_is_named_by_its_number(tmp_path: Path, cell: Cell, line: bytes, message: str) -> None:
    path = write(tmp_path, record(cell))
    path.write_bytes(path.read_bytes() + b"\n" + line + b"\n")
    with pytest.raises(DataError, match=rf"row 3.*{message}"):
        load_items(path, task="perception")


def test_a_file_without_objects_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="expected one JSON object a line"):
        load_items(write(tmp_path, 3), task="perception")


def test_text_that_is_no_base64_is_an_image_error(tmp_path: Path, cell: Cell) -> None:
    (item,) = load_items(write(tmp_path, record(cell, image="é" * 80)), task="perception")
    with pytest.raises(ImageError, match="row 1, column 'image': expected base64"):
        item.images[0].read()
