from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from medq_tasks.data.problem import Problem
from medq_tasks.data.table import ImagePart, Row
from medq_tasks.data.tsv import TsvTable
from medq_tasks.errors import DataError, ImageError

LONG = bytes(range(256))


def parts(path: Path) -> list[tuple[ImagePart, ...]]:
    rows = list(TsvTable(path).rows(frozenset([1])))
    assert all(isinstance(row, Row) for row in rows), rows
    return [row.images[1] for row in rows if isinstance(row, Row)]


def contents(found: tuple[ImagePart, ...]) -> list[str | bytes]:
    return [part if isinstance(part, str) else part.read() for part in found]


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_every_form_of_image_cell_leads_to_the_bytes(tmp_path: Path, end: str, bom: bytes) -> None:
    text = base64.b64encode(LONG).decode()
    other = base64.b64encode(LONG[::-1]).decode()
    cells = {
        text: [LONG],
        quoted(text): [LONG],
        f"['{text}']": [LONG],
        f"['{text}', '{other}']": [LONG, LONG[::-1]],
        quoted(json.dumps([text, other])): [LONG, LONG[::-1]],
        f"['q1', '{other}']": ["q1", LONG[::-1]],
        "q1": ["q1"],
        "": [],
        quoted("\n".join([text[:100], text[100:]])): [LONG],
    }
    path = tmp_path / "x.tsv"
    body = "".join(f"q\t{cell}\té{end}" for cell in cells)
    path.write_bytes(bom + f"index\timage\tnote{end}{body}".encode())
    assert [contents(found) for found in parts(path)] == list(cells.values())


def test_an_image_is_named_by_file_row_and_column(write_tsv: Callable[..., Path], cell: Callable[..., str]) -> None:
    path = write_tsv("index image question", ("a", cell(0), '"two\nlines"'), ("b", cell(1), "q"))
    second = parts(path)[1][0]
    assert not isinstance(second, str)
    assert second.name == f"{path}, row 4, column 'image'"


def test_a_file_that_changes_after_indexing_is_noticed(
    write_tsv: Callable[..., Path], cell: Callable[..., str]
) -> None:
    path = write_tsv("index image", ("a", cell(0)))
    source = parts(path)[0][0]
    assert not isinstance(source, str)
    os.utime(path, ns=(1, 1))
    with pytest.raises(ImageError, match="changed since it was indexed"):
        source.read()
    path.unlink()
    with pytest.raises(ImageError, match="cannot be read any more"):
        source.read()


def problem(path: Path) -> Problem:
    found = [row for row in TsvTable(path).rows(frozenset([1])) if isinstance(row, Problem)]
    assert len(found) == 1
    return found[0]


def test_a_row_with_a_cell_too_few_is_a_problem_of_that_row(write_tsv: Callable[..., Path]) -> None:
    found = problem(write_tsv("index image question", ("a", "", "q"), ("b", ""), ("c", "", "q")))
    assert (found.row, "expected 3 cells as in the header, got 2" in found.reason) == (3, True)


def test_bytes_that_are_no_utf8_are_a_problem_of_that_row(tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    path.write_bytes(b"index\timage\nb\xff\t\n")
    assert (problem(path).row, "UTF-8" in problem(path).reason) == (2, True)


@pytest.mark.parametrize("text", ["['" + "A" * 80, "['" + "A" * 80 + "', 3]", '"' + "A" * 80 + '"B'])
def test_a_broken_image_list_is_a_problem_of_that_row(write_tsv: Callable[..., Path], text: str) -> None:
    found = problem(write_tsv("index image", ("a", text)))
    assert (found.row, found.column) == (2, "image")


def test_an_unclosed_quote_is_a_problem_of_the_row_that_opens_it(write_tsv: Callable[..., Path]) -> None:
    found = problem(write_tsv("index image", ("a", "q"), ("b", '"open'), ("c", "q")))
    assert (found.row, "closed" in found.reason) == (3, True)


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf", b"\n", b"\xff\xfei\0", b"a\xff\tb\n", b'"a\tb\n'])
def test_a_file_without_a_readable_header_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.tsv"
    path.write_bytes(data)
    with pytest.raises(DataError, match=r"x\.tsv.*expected"):
        TsvTable(path)
